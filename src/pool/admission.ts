// Whether one more run may come: the bounds of every line, and what is said to those for whom there is no place. A refusal is
// immediate, and says when to come again.
import type { TaskRun } from '../instance/task-run.ts'
import type { TaskError } from '../task.ts'
import { inReason, type Pace } from './pace.ts'
import type { LineKeeper, WaitingLine } from './waiting-line.ts'

export interface AdmissionOptions {
  /** Most isolates at once. */
  readonly size: number
  /** Most runs waiting for one worker's instances, and of one tenant for a place in the pool. */
  readonly queueSize: number
  /** Most runs of one tenant waiting, in all lines together. */
  readonly tenantQueueSize: number
  /** How long a run may wait for an instance, in milliseconds. */
  readonly queueWaitMs: number
}

/** Why a run was not let in. */
export interface Shed {
  readonly error: TaskError
  readonly retryAfterMs?: number
}

export class Admission implements LineKeeper {
  readonly #options: AdmissionOptions
  /** Runs in all lines, and of them those of each tenant that has any. */
  #waiting = 0
  readonly #tenants = new Map<string, number>()
  #fullSinceMs: number | undefined

  constructor(options: AdmissionOptions) {
    this.#options = options
  }

  get queueWaitMs(): number {
    return this.#options.queueWaitMs
  }

  entered(tenant: string): void {
    this.#waiting += 1
    this.#tenants.set(tenant, (this.#tenants.get(tenant) ?? 0) + 1)
  }

  left(tenant: string): void {
    this.#waiting -= 1
    const left = (this.#tenants.get(tenant) ?? 0) - 1
    if (left > 0) this.#tenants.set(tenant, left)
    else this.#tenants.delete(tenant)
  }

  /**
   * Why the run may not wait for a place in the pool. The line has twice the places that one tenant may take, and a tenant
   * may take no more than it leaves free: alone, all of its own; and whoever comes next finds as many. However many tenants
   * crowd in, nobody who has none waiting is refused before the line is full.
   */
  toPool({ prepared }: TaskRun, line: WaitingLine): Shed | undefined {
    const { queueSize, size } = this.#options
    const { tenant } = prepared.version
    const own = line.lengthOf(tenant)
    if (own >= Math.min(queueSize, 2 * queueSize - line.length)) {
      const message = `All ${size} instances are in use and ${line.length} tasks are waiting, ${own} of them of the tenant "${tenant}", as many as may. Try again, or raise ISOLATE_POOL_SIZE or WORKER_TASK_QUEUE_SIZE.`
      return { error: { code: 'POOL_EXHAUSTED', message }, retryAfterMs: comeAgainMs(line.pace, line.length) }
    }
    return this.#toTenant(tenant, line.pace, line.length)
  }

  /** Why the run may not go to the worker's instances, to start there or to wait. */
  toWorker(run: TaskRun, { pace, places, running, waiting }: WorkerLoad): Shed | undefined {
    const { queueSize, tenantQueueSize } = this.#options
    const { tenant, worker } = run.prepared.version
    if (running + waiting >= places + queueSize) {
      const message = `${waiting} tasks are waiting for the worker "${worker}", as many as may. Try again, or raise WORKER_TASK_QUEUE_SIZE.`
      return { error: { code: 'QUEUE_FULL', message }, retryAfterMs: comeAgainMs(pace, waiting) }
    }
    // Where so few wait in all, no tenant has too many; and what starts at once is in no line.
    if (this.#waiting < tenantQueueSize || (waiting === 0 && running < places)) return undefined
    return this.#toTenant(tenant, pace, waiting)
  }

  #toTenant(tenant: string, pace: Pace, waiting: number): Shed | undefined {
    const { tenantQueueSize } = this.#options
    const own = this.#tenants.get(tenant) ?? 0
    if (own < tenantQueueSize) return undefined
    const message = `${own} tasks of the tenant "${tenant}" are waiting, as many as may. Try again, or raise ISOPOD_TENANT_QUEUE_SIZE.`
    return { error: { code: 'QUEUE_FULL', message }, retryAfterMs: comeAgainMs(pace, waiting) }
  }

  set memory(state: 'available' | 'full') {
    if (state === 'available') this.#fullSinceMs = undefined
    else this.#fullSinceMs ??= performance.now()
  }

  /** What has lasted for so long may last for as long again. */
  get memoryPressure(): Shed {
    const nowMs = performance.now()
    const message = 'The host has no memory left for another instance. Try again.'
    const retryAfterMs = inReason(nowMs - (this.#fullSinceMs ?? nowMs))
    return { error: { code: 'MEMORY_PRESSURE', message }, retryAfterMs }
  }
}

export interface WorkerLoad {
  readonly running: number
  readonly waiting: number
  /** Most that may run at once. */
  readonly places: number
  /** How fast its line moves. */
  readonly pace: Pace
}

function comeAgainMs(pace: Pace, waiting: number): number {
  return pace.retryAfterMs(waiting, performance.now())
}

export const CLOSED: Shed = { error: { code: 'RUNTIME_CLOSED', message: 'The runtime is closed.' } }
export const WAS_CLOSED: Shed = { error: { code: 'RUNTIME_CLOSED', message: 'The runtime was closed.' } }

export function refuse(run: TaskRun, { error, ...retry }: Shed): void {
  run.fail('loadShed', error, retry)
  run.end()
}
