// What the tasks of each tenant use in this process, held against its quota. A task is counted once, where it is run: a host
// that sends it on does not count it. A quota is for the whole server, so each main host gives an even share of it; the
// probation host, alone with its tenants, gives all.
import type { TaskCaller } from '../../instance/task-run.ts'
import type { TenantQuota } from '../../quota.ts'
import type { TaskResult } from '../../task.ts'
import { refusal, type RefusalListener, tellRefused, UNUSED } from '../destination.ts'
import { SlidingMinute } from './sliding-minute.ts'
import { TokenBucket } from './token-bucket.ts'

export interface TenantQuotasOptions {
  /** Hosts that tasks of a tenant are spread over. */
  readonly hosts: number
  /** A clock that nobody can set, in milliseconds. */
  readonly now?: () => number
  readonly refused?: RefusalListener
}

/** Whose task it is. */
export interface QuotaOwner {
  readonly tenant: string
  readonly worker: string
  readonly quota: TenantQuota
}

interface Use {
  tasks: number
  readonly rate: TokenBucket
  readonly cpuUs: SlidingMinute
}

interface UsedUp {
  readonly name: keyof TenantQuota
  /** Of the whole server, and of this process. */
  readonly allowed: string
  readonly here: string
  readonly used: string
  readonly retryAfterMs: number
}

const RETRY_CONCURRENCY_MS = 1000

export class TenantQuotas {
  readonly #hosts: number
  readonly #now: () => number
  readonly #refused: RefusalListener
  readonly #uses = new Map<string, Use>()

  constructor({ hosts, now = () => performance.now(), refused = () => undefined }: TenantQuotasOptions) {
    this.#hosts = hosts
    this.#now = now
    this.#refused = refused
  }

  /** The caller to run the task for. Undefined where it was refused: its caller knows. */
  admit(owner: QuotaOwner, caller: TaskCaller): TaskCaller | undefined {
    const use = this.#useOf(owner.tenant)
    const usedUp = this.#usedUp(owner.quota, use)
    if (usedUp !== undefined) {
      const result = this.#refusalOf(owner, usedUp)
      tellRefused(this.#refused, owner, result)
      caller.settled(result)
      return undefined
    }
    use.tasks += 1
    return this.#counted(use, caller)
  }

  #useOf(tenant: string): Use {
    const known = this.#uses.get(tenant)
    if (known !== undefined) return known
    const use = { tasks: 0, rate: new TokenBucket(), cpuUs: new SlidingMinute() }
    this.#uses.set(tenant, use)
    return use
  }

  /** The rate comes last: what another quota refuses must not use it up. */
  #usedUp({ concurrentTasks, cpuMsPerMinute, requestsPerSecond }: TenantQuota, use: Use): UsedUp | undefined {
    const nowMs = this.#now()
    if (cpuMsPerMinute !== undefined) {
      const limitMs = cpuMsPerMinute / this.#hosts
      const usedUs = use.cpuUs.sum(nowMs)
      if (usedUs >= limitMs * 1000) {
        return {
          name: 'cpuMsPerMinute',
          allowed: `${cpuMsPerMinute} ms of CPU time in a minute`,
          here: `${round(limitMs)} ms`,
          used: `${round(usedUs / 1000)} ms were used`,
          retryAfterMs: use.cpuUs.untilBelow(limitMs * 1000, nowMs),
        }
      }
    }
    if (concurrentTasks !== undefined) {
      const limit = Math.max(1, Math.floor(concurrentTasks / this.#hosts))
      if (use.tasks >= limit) {
        return {
          name: 'concurrentTasks',
          allowed: `${concurrentTasks} tasks at once`,
          here: String(limit),
          used: `${use.tasks} are under way`,
          retryAfterMs: RETRY_CONCURRENCY_MS,
        }
      }
    }
    if (requestsPerSecond === undefined) return undefined
    const perSecond = requestsPerSecond / this.#hosts
    const retryAfterMs = use.rate.take(perSecond, nowMs)
    if (retryAfterMs === 0) return undefined
    const here = round(perSecond)
    return {
      name: 'requestsPerSecond',
      allowed: `${requestsPerSecond} tasks a second`,
      here,
      used: 'as many have come',
      retryAfterMs,
    }
  }

  #refusalOf({ worker }: QuotaOwner, { allowed, here, name, retryAfterMs, used }: UsedUp): TaskResult {
    const share = this.#hosts === 1 ? '' : `, ${here} on each of ${this.#hosts} hosts`
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
    const message = `The quota "${name}" of the tenant of the worker "${worker}" is used up: it has ${allowed}${share}, and ${used}. Try again in ${seconds} s, or ask the operator for more.`
    return refusal({ outcome: 'quotaExceeded', code: 'QUOTA_EXCEEDED', message, retryAfterMs })
  }

  #counted(use: Use, caller: TaskCaller): TaskCaller {
    let isUnderWay = true
    const leave = (): void => {
      if (isUnderWay) use.tasks -= 1
      isUnderWay = false
    }
    return {
      started: () => caller.started?.(),
      settled: (result) => {
        // What never reached the worker has no end of its own; a WebSocket holds no place.
        if (result.usage === UNUSED || result.socket !== undefined) leave()
        caller.settled(result)
      },
      ended: (record) => {
        leave()
        use.cpuUs.add(Math.round(record.usage.cpuUs), this.#now())
        caller.ended?.(record)
      },
    }
  }
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
