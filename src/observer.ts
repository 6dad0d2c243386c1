// How the core reports what happens. It knows no logger and no metrics format; whoever embeds it does.
import type { ErrorCode } from './errors.ts'
import type { Outcome } from './outcome.ts'
import type { LogLine, TaskRecord } from './task.ts'

/** Why an instance went away. */
export const RETIREMENT_CAUSES = [
  'task-ended',
  'evicted',
  'replaced',
  'limit-hit',
  'memory',
  'age',
  'errors',
  'unhealthy',
  'surplus',
  'load-failed',
  'closed',
] as const

export type RetirementCause = (typeof RETIREMENT_CAUSES)[number]

export interface Observer {
  /** A task is over, `waitUntil` included; usage is final. */
  taskEnded?(record: TaskRecord): void
  /**
   * A task ended before it reached an instance: held back, over a quota, its version did not come, or the process that it
   * was sent on to was lost. Those that the pool refused end by `taskEnded`.
   */
  taskRefused?(event: {
    readonly tenant: string
    readonly worker: string
    readonly outcome: Outcome
    readonly code: ErrorCode
  }): void
  /** A console line of a worker, as it comes. */
  log?(worker: { readonly tenant: string; readonly worker: string; readonly version: string }, line: LogLine): void
  /**
   * An instance was made; `creationMs` covers isolate, guest runtime and the worker's own code, `loadMs` the latter alone: 0
   * where it comes later, for each task.
   */
  instanceCreated?(event: {
    readonly tenant: string
    readonly worker: string
    readonly creationMs: number
    readonly loadMs: number
    readonly fromReserve: boolean
  }): void
  instanceRetired?(event: { readonly tenant: string; readonly worker: string; readonly cause: RetirementCause }): void
  /** The garbage of an instance at rest was collected; bytes are those of its heap. */
  garbageCollected?(event: {
    readonly tenant: string
    readonly worker: string
    readonly beforeBytes: number
    readonly afterBytes: number
  }): void
}

/** Every event that an observer may hear of. */
export const OBSERVER_EVENTS: readonly (keyof Observer)[] = [
  'taskEnded',
  'taskRefused',
  'log',
  'instanceCreated',
  'instanceRetired',
  'garbageCollected',
]
