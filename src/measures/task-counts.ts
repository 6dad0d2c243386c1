// What is counted of a worker's tasks and instances, by hosts and by control, in a form that adds up.
import type { ErrorCode } from '../errors.ts'
import type { RetirementCause } from '../observer.ts'
import type { Outcome } from '../outcome.ts'
import type { HistogramCounts } from './histogram.ts'

/** What is zero is left out. */
export type TaskCounts = {
  /** All tasks, by how they ended. */
  readonly outcomes?: Readonly<Partial<Record<Outcome, number>>>
  /** Those of them that no instance has run, by why. */
  readonly refused?: Readonly<Partial<Record<ErrorCode, number>>>
  /** Of those that were not refused: from acceptance to the end, `waitUntil` included. */
  readonly wall?: HistogramCounts
  /** Likewise: the time until an instance had them. */
  readonly wait?: HistogramCounts
  /** CPU time, in microseconds. */
  readonly cpuUs?: number
  readonly subrequests?: number
  /** Bytes of bodies from callers, and to them. */
  readonly bytesIn?: number
  readonly bytesOut?: number
  /** Instances, by where their isolate came from. */
  readonly created?: Readonly<Partial<Record<InstanceSource, number>>>
  readonly retired?: Readonly<Partial<Record<RetirementCause, number>>>
  /** Garbage that a host collected in instances at rest: how often, and by how many bytes less there was afterwards. */
  readonly collections?: number
  readonly freedBytes?: number
}

/** `reserve`: an isolate stood ready. `cold`: it had to be made. */
export const INSTANCE_SOURCES = ['reserve', 'cold'] as const
export type InstanceSource = (typeof INSTANCE_SOURCES)[number]

/** Outcomes of tasks that a pool, a quota or quarantine kept from their worker. */
const REFUSALS: ReadonlySet<Outcome> = new Set<Outcome>(['loadShed', 'quotaExceeded', 'quarantined'])

export function isRefusal(outcome: Outcome): boolean {
  return REFUSALS.has(outcome)
}

/** Tasks that ended neither well nor because their caller left. */
export function errorsIn({ outcomes = {} }: TaskCounts): number {
  return tasksIn({ outcomes }) - (outcomes.ok ?? 0) - (outcomes.canceled ?? 0)
}

export function tasksIn({ outcomes = {} }: TaskCounts): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0)
}
