// Where the tasks of a worker go: to an instance of this process, to another process, or back with a refusal. Doors
// (HTTP, a link from another process) know nothing more of workers than this.
import type { ErrorCode } from '../errors.ts'
import type { TaskCaller } from '../instance/task-run.ts'
import type { Observer } from '../observer.ts'
import type { Outcome } from '../outcome.ts'
import type { RateLimit, Task, TaskResult, Usage } from '../task.ts'

export interface WorkerAddress {
  readonly tenant: string
  readonly worker: string
}

/** A task as its caller sees it. */
export interface SubmittedTask {
  /** Nothing of it is left. */
  readonly isOver: boolean
  /** The caller has gone. */
  abandon(): void
}

export interface Destination {
  /** Larger request bodies need not be sent at all. Undefined where that is not known here. */
  readonly requestBodyBytes: number | undefined
  /** How long a task may take until its response begins, in milliseconds; likewise. */
  readonly wallMs: number | undefined
  /** @param acceptedMs - when the task was accepted, where that was before now */
  submit(task: Task, caller: TaskCaller, acceptedMs?: number): SubmittedTask
}

export interface Router {
  find(address: WorkerAddress): Destination | undefined
  /** Where host names are routed to workers. */
  readonly patterns?: { readonly isEmpty: boolean; find(url: string): WorkerAddress | undefined }
}

/** A task that nobody has to abandon any more. */
export const OVER: SubmittedTask = Object.freeze({ isOver: true, abandon: () => undefined })

export interface Refusal {
  readonly outcome: Outcome
  readonly code: ErrorCode
  readonly message: string
  readonly retryAfterMs?: number
  readonly rateLimit?: RateLimit
}

/** What a task used that never reached a worker. */
export const UNUSED: Usage = Object.freeze({
  cpuUs: 0,
  wallMs: 0,
  queueMs: 0,
  heapBytes: 0,
  subrequests: 0,
  bytesIn: 0,
  bytesOut: 0,
  bytesSent: 0,
})

/** Who hears of tasks that ended without an instance having run them. */
export type RefusalListener = NonNullable<Observer['taskRefused']>

/** Tells of one. Results of tasks that came from an instance, here or elsewhere, are none. */
export function tellRefused(listener: RefusalListener, { tenant, worker }: WorkerAddress, result: TaskResult): void {
  const { error, outcome, usage } = result
  if (usage === UNUSED && error !== undefined) listener({ tenant, worker, outcome, code: error.code })
}

/** The result of a task that never reached a worker. */
export function refusal({ outcome, code, message, ...retry }: Refusal): TaskResult {
  return { outcome, error: { code, message }, usage: UNUSED, logs: [], ...retry }
}
