// One task on its way through the runtime: what was asked, who waits for it, what it has used, how it stands.
import type { Observer } from '../observer.ts'
import type { Outcome } from '../outcome.ts'
import type { LogLine, Task, TaskError, TaskRecord, TaskResult, Usage } from '../task.ts'
import type { GuestSocket } from './guest-socket.ts'
import type { PreparedVersion } from './prepared-version.ts'

/** `load` runs a program's top level: the same accounting and the same limits as for a task, but no caller. */
export type RunTask = Task | { readonly type: 'load' }

/** Who asked. Called outside any entry into V8, in this order, each once. */
export interface TaskCaller {
  /** The worker's code is about to see the task. Called right before an entry into V8. */
  started?(): void
  /** The task was answered, or ended without an answer. */
  settled(result: TaskResult): void
  /** Nothing of the task is left. */
  ended?(record: TaskRecord): void
}

/** Who is responsible for the run at present: a queue, then an instance. */
export interface RunHolder {
  /** Its wall time is up. */
  expire(run: TaskRun): void
  /** Its caller went away. */
  abandon(run: TaskRun): void
}

/** `waiting` for an instance → `running` → `answered` (the caller knows) → `ended` (nothing is left). */
export type RunState = 'waiting' | 'running' | 'answered' | 'ended'

let lastId = 0

export interface RunOptions {
  readonly observer?: Observer
  /** When it was accepted, on the clock of `performance.now()`; now unless given. */
  readonly acceptedMs?: number | undefined
}

export class TaskRun {
  readonly id: number
  readonly task: RunTask
  readonly prepared: PreparedVersion
  readonly acceptedMs: number
  state: RunState = 'waiting'
  holder: RunHolder | undefined

  cpuUs = 0
  queueMs = 0
  heapBytes = 0
  subrequests = 0
  bytesIn = 0
  bytesOut = 0
  bytesSent = 0
  /** Of a run that is parked: the latest. */
  logs: LogLine[] = []
  logBytes = 0

  /** The guest waits for nothing more. */
  guestSettled = false
  /** A body, or a WebSocket, that the host passes on is still open. */
  bodyOpen = false
  /** It was answered with a WebSocket, and lives as long as that: it holds no place, and nothing waits for it. */
  isParked = false

  /** Operations under way, by number; made with the first. */
  ops: Set<number> | undefined
  /** Sources it may read, by number. */
  sources: Set<number> | undefined
  /** WebSockets it has open. */
  sockets: Set<GuestSocket> | undefined

  /** Called once, when nothing of the run is left. */
  onEnd: (() => void) | undefined

  readonly #caller: TaskCaller | undefined
  readonly #observer: Observer | undefined
  #outcome: Outcome = 'ok'
  #error: TaskError | undefined
  #status: number | undefined
  #timer: NodeJS.Timeout | undefined
  /** What was used before the budget was last renewed. */
  #cpuUsBefore = 0
  #subrequestsBefore = 0
  #renewedMs = 0

  constructor(
    prepared: PreparedVersion,
    task: RunTask,
    caller?: TaskCaller,
    { observer, acceptedMs }: RunOptions = {},
  ) {
    lastId += 1
    this.id = lastId
    this.prepared = prepared
    this.task = task
    this.#caller = caller
    this.#observer = observer
    this.acceptedMs = acceptedMs ?? performance.now()
  }

  /** Nothing of it is left. */
  get isOver(): boolean {
    return this.state === 'ended'
  }

  get outcome(): Outcome {
    return this.#outcome
  }

  get error(): TaskError | undefined {
    return this.#error
  }

  /** Milliseconds of CPU time left to it. */
  get cpuLeftMs(): number {
    const { cpuMs, startupCpuMs } = this.prepared.limits
    return (this.task.type === 'load' ? startupCpuMs : cpuMs) - this.budgetCpuUs / 1000
  }

  /** CPU time used of the present budget, in microseconds. */
  get budgetCpuUs(): number {
    return this.cpuUs - this.#cpuUsBefore
  }

  get subrequestsLeft(): number {
    return this.prepared.limits.subrequests - (this.subrequests - this.#subrequestsBefore)
  }

  /** CPU time was used for it: by its guest, or by the host on its behalf. */
  charge(cpuUs: number): void {
    this.cpuUs += cpuUs
  }

  /** A client's message has come: what follows from it may use as much as a task. */
  renewBudget(): void {
    if (!this.isParked) return
    this.#renewedMs = performance.now()
    this.#cpuUsBefore = this.cpuUs
    this.#subrequestsBefore = this.subrequests
    // What was logged before goes where it would be in the way of what is logged next; the observer has had it.
    if (this.logBytes <= this.prepared.limits.logBytes / 2) return
    this.logs = []
    this.logBytes = 0
  }

  /** Timers go on without messages: they may use, in the time a task may take, what a task may use. */
  renewBudgetInTime(): void {
    if (this.isParked && performance.now() - this.#renewedMs >= this.prepared.limits.wallMs) this.renewBudget()
  }

  /** From now on the holder hears when the time since acceptance passes `limitMs`. Replaces an earlier deadline. */
  setDeadline(limitMs: number): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    const leftMs = Math.max(0, this.acceptedMs + limitMs - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.holder?.expire(this)
    }, leftMs)
  }

  clearDeadline(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  get hasDeadline(): boolean {
    return this.#timer !== undefined
  }

  usage(): Usage {
    return {
      cpuUs: this.cpuUs,
      wallMs: performance.now() - this.acceptedMs,
      queueMs: this.queueMs,
      heapBytes: this.heapBytes,
      subrequests: this.subrequests,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      bytesSent: this.bytesSent,
    }
  }

  /** It leaves its queue for an instance. */
  start(holder: RunHolder): void {
    this.queueMs = performance.now() - this.acceptedMs
    this.state = 'running'
    // That of its wait.
    this.clearDeadline()
    this.holder = holder
    this.#caller?.started?.()
  }

  /** Gives the caller the worker's own answer. */
  answer(answer: Pick<TaskResult, 'response' | 'body' | 'socket' | 'output'>): void {
    if (this.state === 'answered' || this.state === 'ended') return
    this.state = 'answered'
    this.clearDeadline()
    this.#status = answer.response?.status
    this.#caller?.settled({ outcome: 'ok', ...answer, usage: this.usage(), logs: this.logs })
  }

  /**
   * The task did not go well. Before its answer the caller is told; after it only the record says so. The first
   * failure counts.
   */
  fail(outcome: Outcome, error: TaskError, retry: Pick<TaskResult, 'retryAfterMs'> = {}): void {
    if (this.state === 'ended') return
    if (this.#outcome === 'ok') {
      this.#outcome = outcome
      this.#error = error
    }
    if (this.state === 'answered') return
    this.state = 'answered'
    this.clearDeadline()
    this.#caller?.settled({ outcome, error, usage: this.usage(), logs: this.logs, ...retry })
  }

  end(): void {
    if (this.state === 'ended') return
    this.state = 'ended'
    this.clearDeadline()
    this.holder = undefined
    this.onEnd?.()
    if (this.#caller?.ended === undefined && this.#observer?.taskEnded === undefined) return
    const record = this.#record()
    if (record === undefined) return
    this.#caller?.ended?.(record)
    this.#observer?.taskEnded?.(record)
  }

  /** The caller went away. */
  abandon(): void {
    this.holder?.abandon(this)
  }

  #record(): TaskRecord | undefined {
    const { task, prepared } = this
    if (task.type === 'load') return undefined
    const { tenant, worker, id } = prepared.version
    return {
      tenant,
      worker,
      version: id,
      type: task.type,
      ...(task.type === 'fetch' ? { request: { method: task.request.method, url: task.request.url } } : {}),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      outcome: this.#outcome,
      ...(this.#error === undefined ? {} : { error: this.#error }),
      usage: this.usage(),
      logs: this.logs,
    }
  }
}
