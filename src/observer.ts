// How the core reports what happens. It knows no logger and no metrics format; whoever embeds it does.
import type { LogLine, TaskRecord } from './task.ts'

/** Why an instance went away. */
export type RetirementCause =
  | 'task-ended'
  | 'evicted'
  | 'replaced'
  | 'limit-hit'
  | 'memory'
  | 'age'
  | 'errors'
  | 'unhealthy'
  | 'surplus'
  | 'load-failed'
  | 'closed'

export interface Observer {
  /** A task is over, `waitUntil` included; usage is final. */
  taskEnded?(record: TaskRecord): void
  /** A console line of a worker, as it comes. */
  log?(worker: { readonly tenant: string; readonly worker: string; readonly version: string }, line: LogLine): void
  /** An instance was made; `creationMs` covers isolate, guest runtime and the worker's own code. */
  instanceCreated?(event: { readonly worker: string; readonly creationMs: number; readonly fromReserve: boolean }): void
  instanceRetired?(event: { readonly worker: string; readonly cause: RetirementCause }): void
}
