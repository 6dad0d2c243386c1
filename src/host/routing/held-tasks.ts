// Tasks whose worker's version is on its way. They wait in order, for a bounded time and in bounded number.
import type { TaskCaller } from '../../instance/task-run.ts'
import type { Task, TaskResult } from '../../task.ts'
import { inReason } from '../../pool/pace.ts'
import { OVER, refusal, type SubmittedTask } from '../destination.ts'

interface Held {
  readonly task: Task
  readonly caller: TaskCaller
  readonly acceptedMs: number
}

const MAX_HELD = 1000

export class HeldTasks {
  readonly #holdMs: number
  readonly #refused: (result: TaskResult) => void
  readonly #tasks = new Set<HeldTask>()

  /** @param refused - hears what was told to those that are held no longer */
  constructor(holdMs: number, refused: (result: TaskResult) => void) {
    this.#holdMs = holdMs
    this.#refused = refused
  }

  /** The version has been on its way since the first of them came: it may be for as long again. */
  get #retryAfterMs(): number {
    const nowMs = performance.now()
    for (const { acceptedMs } of this.#tasks) return inReason(nowMs - acceptedMs)
    return inReason(0)
  }

  add(held: Held): SubmittedTask {
    if (this.#tasks.size >= MAX_HELD) {
      const message = `${MAX_HELD} tasks are waiting for the worker to be loaded, as many as may. Try again.`
      const result = refusal({ outcome: 'loadShed', code: 'QUEUE_FULL', message, retryAfterMs: this.#retryAfterMs })
      this.#refused(result)
      held.caller.settled(result)
      return OVER
    }
    const left = (): void => void this.#tasks.delete(task)
    const task: HeldTask = new HeldTask(held, this.#holdMs, { left, refused: this.#refused })
    this.#tasks.add(task)
    return task
  }

  release(submit: (task: Task, caller: TaskCaller, acceptedMs: number) => SubmittedTask): void {
    for (const task of this.#takeAll()) task.release(submit)
  }

  refuse(result: TaskResult): void {
    for (const task of this.#takeAll()) task.refuse(result)
  }

  /** What becomes of them may be that they are held again. */
  #takeAll(): HeldTask[] {
    const tasks = [...this.#tasks]
    this.#tasks.clear()
    return tasks
  }
}

interface HeldEvents {
  left(): void
  refused(result: TaskResult): void
}

class HeldTask implements SubmittedTask {
  readonly #held: Held
  readonly #events: HeldEvents
  readonly #timer: NodeJS.Timeout
  /** What it has become; itself until then. */
  #current: SubmittedTask | undefined

  constructor(held: Held, holdMs: number, events: HeldEvents) {
    this.#held = held
    this.#events = events
    const leftMs = held.acceptedMs + holdMs - performance.now()
    this.#timer = setTimeout(
      () => {
        const message = "The worker's version did not arrive in time. Try again."
        const retryAfterMs = inReason(performance.now() - held.acceptedMs)
        this.refuse(refusal({ outcome: 'loadShed', code: 'VERSION_UNAVAILABLE', message, retryAfterMs }))
      },
      Math.max(0, leftMs),
    )
  }

  get acceptedMs(): number {
    return this.#held.acceptedMs
  }

  get isOver(): boolean {
    return this.#current?.isOver ?? false
  }

  abandon(): void {
    if (this.#current !== undefined) this.#current.abandon()
    else this.refuse(refusal({ outcome: 'canceled', code: 'TASK_CANCELED', message: 'The caller went away.' }))
  }

  release(submit: (task: Task, caller: TaskCaller, acceptedMs: number) => SubmittedTask): void {
    if (!this.#leave(OVER)) return
    const { task, caller, acceptedMs } = this.#held
    this.#current = submit(task, caller, acceptedMs)
  }

  refuse(result: TaskResult): void {
    if (!this.#leave(OVER)) return
    this.#events.refused(result)
    this.#held.caller.settled(result)
  }

  #leave(next: SubmittedTask): boolean {
    if (this.#current !== undefined) return false
    this.#current = next
    clearTimeout(this.#timer)
    this.#events.left()
    return true
  }
}
