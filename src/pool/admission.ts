// Whether one more run may come: the bounds of every line, and what is said to those for whom there is no place.
import type { TaskRun } from '../instance/task-run.ts'
import type { TaskError } from '../task.ts'

export interface AdmissionOptions {
  /** Most isolates at once. */
  readonly size: number
  /** Most runs waiting for one worker's instances, and for a place in the pool. */
  readonly queueSize: number
}

export class Admission {
  readonly #options: AdmissionOptions

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  /** Why the run may not wait for a place in the pool. */
  toPool(waiting: number): TaskError | undefined {
    const { queueSize, size } = this.#options
    if (waiting < queueSize) return undefined
    const message = `All ${size} instances are in use and ${queueSize} tasks are waiting, as many as may. Try again, or raise ISOLATE_POOL_SIZE.`
    return { code: 'POOL_EXHAUSTED', message }
  }

  /** Why the run may not go to the worker's instances, to start there or to wait. */
  toWorker(run: TaskRun, load: WorkerLoad): TaskError | undefined {
    if (load.running + load.waiting < load.places + this.#options.queueSize) return undefined
    const message = `${load.waiting} tasks are waiting for the worker "${run.prepared.version.worker}", as many as may. Try again, or raise WORKER_TASK_QUEUE_SIZE.`
    return { code: 'QUEUE_FULL', message }
  }
}

export interface WorkerLoad {
  readonly running: number
  readonly waiting: number
  /** Most that may run at once. */
  readonly places: number
}

export const MEMORY_PRESSURE: TaskError = {
  code: 'MEMORY_PRESSURE',
  message: 'The host has no memory left for another instance. Try again.',
}

export const CLOSED: TaskError = { code: 'RUNTIME_CLOSED', message: 'The runtime is closed.' }
export const WAS_CLOSED: TaskError = { code: 'RUNTIME_CLOSED', message: 'The runtime was closed.' }

export function refuse(run: TaskRun, error: TaskError): void {
  run.fail('loadShed', error)
  run.end()
}
