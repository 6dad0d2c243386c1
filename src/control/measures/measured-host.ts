// What control knows of one host's counts: what the host said last, so that the next snapshot can be told from it. Deltas,
// and never sums, go on from here: nothing is counted twice, and nothing is lost with a host but what it had not told yet.
import { minus } from '../../measures/counts.ts'
import type { TaskCounts } from '../../measures/task-counts.ts'
import type { Tier } from '../../stats.ts'
import type { HostCounts, MeasuresText, PoolGauges, WorkerGauges } from '../../wire/measures-text.ts'

/** What the thread of a host did with its time of late. */
export interface ThreadLoad {
  /** Share of the time in which it was not waiting for something to happen. */
  readonly utilisation: number
  /** Share of it within workers. */
  readonly inWorkers: number
}

export interface CountedDelta {
  readonly tenant: string
  /** Undefined for all of the tenant's workers together, those without a row included. */
  readonly worker: string | undefined
  readonly counts: TaskCounts
}

/** Shares of less time than this say little. */
const LOAD_OVER_MS = 1000

export class MeasuredHost {
  readonly tier: Tier
  snapshot = 0
  pool: PoolGauges = { total: 0, cached: 0, capacity: 0, waiting: 0, reserve: 0 }
  workers: readonly WorkerGauges[] = []
  load: ThreadLoad = { utilisation: 0, inWorkers: 0 }
  #all: HostCounts = {}
  #rows = new Map<number, TaskCounts>()
  #loadSince: NonNullable<HostCounts['thread']> = {}

  constructor(tier: Tier) {
    this.tier = tier
  }

  /** What has come since the last one. Of two that crossed on the way, the older tells nothing. */
  take({ all, live, pool, rows, snapshot, workers }: MeasuresText): { all: HostCounts; rows: readonly CountedDelta[] } {
    if (snapshot <= this.snapshot) return { all: {}, rows: [] }
    const deltas = rows.map(({ counts, row, tenant, worker }) => {
      const before = this.#rows.get(row) ?? {}
      this.#rows.set(row, counts)
      return { tenant, worker, counts: minus(counts, before) }
    })
    if (live !== undefined) this.#keep(new Set(live))
    const delta = minus(all, this.#all)
    this.#all = all
    this.snapshot = snapshot
    this.pool = pool
    this.workers = workers
    this.#takeLoad(all.thread ?? {})
    return { all: delta, rows: deltas }
  }

  #keep(live: ReadonlySet<number>): void {
    for (const row of this.#rows.keys()) if (!live.has(row)) this.#rows.delete(row)
  }

  #takeLoad(thread: NonNullable<HostCounts['thread']>): void {
    const { activeMs = 0, entriesUs = 0, idleMs = 0 } = minus(thread, this.#loadSince)
    const timeMs = activeMs + idleMs
    if (timeMs < LOAD_OVER_MS) return
    this.load = { utilisation: activeMs / timeMs, inWorkers: Math.min(1, entriesUs / 1000 / timeMs) }
    this.#loadSince = thread
  }
}
