// `ctx`: what ties work to a task after its response.
import { PromisePrototypeThen, PromiseResolve } from '../primordials.ts'
import { reportException } from '../runtime/report-exception.ts'
import { setCurrentTask, type TaskScope } from '../runtime/task-scope.ts'
import { finishTask } from './finish.ts'

export class ExecutionContext {
  readonly #task: TaskScope
  /** Values the caller gives to a service it calls; empty for requests from outside. */
  readonly props: object = {}

  constructor(task: TaskScope) {
    this.#task = task
  }

  /** Keeps the task open until the promise settles. A rejection is logged; it fails nothing. */
  waitUntil(promise: unknown): void {
    waitFor(this.#task, promise)
  }

  /** Accepted for compatibility; there is no origin server to pass the request on to. */
  passThroughOnException(): void {
    void this.#task
  }
}

export function waitFor(task: TaskScope, promise: unknown): void {
  if (task.ended) return
  task.waiting += 1
  const done = (): void => {
    task.waiting -= 1
    finishTask(task)
  }
  PromisePrototypeThen(PromiseResolve(promise), done, (error) => {
    setCurrentTask(task)
    reportException(error)
    done()
  })
}
