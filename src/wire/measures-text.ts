// What a host has counted, as control asks for it every few seconds. Counts grow from the host's beginning; rows that did not
// change since the snapshot that control names are left out.
import type { HistogramCounts } from '../measures/histogram.ts'
import type { InstanceSource, TaskCounts } from '../measures/task-counts.ts'
import type { Outcome } from '../outcome.ts'

/** What is counted of a host as a whole. */
export type HostCounts = {
  readonly tasks?: TaskCounts
  /** Wall time of tasks that were not refused, by how they ended. */
  readonly wallByOutcome?: Readonly<Partial<Record<Outcome, HistogramCounts>>>
  /** What making an instance took: isolate, guest and the worker's own code. */
  readonly creation?: Readonly<Partial<Record<InstanceSource, HistogramCounts>>>
  /** The guest's calls of the host, by name. */
  readonly ops?: Readonly<Record<string, number>>
  readonly pool?: { readonly hits?: number; readonly misses?: number; readonly evictions?: number }
  /** The thread that runs workers: busy or waiting for something to happen, in milliseconds; within workers, in microseconds. */
  readonly thread?: { readonly activeMs?: number; readonly idleMs?: number; readonly entriesUs?: number }
}

/** A tenant's row, all of its workers together, or one worker's. Tenants and workers that are seldom heard of have none. */
export interface MeasuredRow {
  /** Unique in the host's life: one that comes back after it was given up has another. */
  readonly row: number
  readonly tenant: string
  readonly worker?: string
  readonly counts: TaskCounts
}

/** How a worker stands in a host at this moment. */
export interface WorkerGauges {
  readonly tenant: string
  readonly worker: string
  readonly instances: number
  readonly running: number
  /** Tasks waiting for its instances. */
  readonly queueDepth: number
  readonly sockets: number
  readonly heapBytes: number
}

/** The same of its pool. */
export interface PoolGauges {
  readonly total: number
  readonly cached: number
  readonly capacity: number
  /** Tasks waiting for a place. */
  readonly waiting: number
  readonly reserve: number
}

export interface MeasuresText {
  /** The next ask names it. */
  readonly snapshot: number
  readonly all: HostCounts
  readonly rows: readonly MeasuredRow[]
  /** Rows there are, where some were given up since the snapshot that was named. */
  readonly live?: readonly number[]
  readonly pool: PoolGauges
  readonly workers: readonly WorkerGauges[]
}
