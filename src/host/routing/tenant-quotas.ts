// What the tasks of each tenant use in this process, held against its quota. A task is counted once, where it is run: a host
// that sends it on does not count it. A quota is for the whole server, so each main host gives an even share of it; the
// probation host, alone with its tenants, gives all.
import type { TaskCaller } from '../../instance/task-run.ts'
import type { TenantQuota } from '../../quota.ts'
import type { RateLimit, TaskResult } from '../../task.ts'
import { refusal, type RefusalListener, tellRefused, UNUSED } from '../destination.ts'
import { MINUTE_QUOTA_NAMES, MINUTE_QUOTAS, type MinuteQuotaName } from './minute-quotas.ts'
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
  readonly minutes: Readonly<Record<MinuteQuotaName, SlidingMinute>>
}

interface UsedUp {
  readonly name: keyof TenantQuota
  /** Of the whole server, and of this process. */
  readonly allowed: string
  readonly here: string
  readonly used: string
  readonly retryAfterMs: number
  /** What a client is told beside it. */
  readonly limit: Pick<RateLimit, 'quota' | 'windowS' | 'unit'>
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
    const minutes = {
      cpuMsPerMinute: new SlidingMinute(),
      subrequestsPerMinute: new SlidingMinute(),
      egressBytesPerMinute: new SlidingMinute(),
    }
    const use = { tasks: 0, rate: new TokenBucket(), minutes }
    this.#uses.set(tenant, use)
    return use
  }

  /** The rate comes last: what another quota refuses must not use it up. */
  #usedUp(quota: TenantQuota, use: Use): UsedUp | undefined {
    const nowMs = this.#now()
    for (const name of MINUTE_QUOTA_NAMES) {
      const allowed = quota[name]
      if (allowed === undefined) continue
      const usedUp = this.#minuteUsedUp(name, { allowed, used: use.minutes[name], nowMs })
      if (usedUp !== undefined) return usedUp
    }
    const { concurrentTasks, requestsPerSecond } = quota
    if (concurrentTasks !== undefined) {
      const limit = Math.max(1, Math.floor(concurrentTasks / this.#hosts))
      if (use.tasks >= limit) {
        return {
          name: 'concurrentTasks',
          allowed: `${concurrentTasks} tasks at once`,
          here: String(limit),
          used: `${use.tasks} are under way`,
          retryAfterMs: RETRY_CONCURRENCY_MS,
          limit: { quota: concurrentTasks, unit: 'concurrent-requests' },
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
      limit: rateOf(requestsPerSecond),
    }
  }

  #minuteUsedUp(
    name: MinuteQuotaName,
    { allowed, nowMs, used }: { readonly allowed: number; readonly nowMs: number; readonly used: SlidingMinute },
  ): UsedUp | undefined {
    const { perUnit, showing, text, unit } = MINUTE_QUOTAS[name]
    const here = allowed / this.#hosts
    const sum = used.sum(nowMs)
    if (sum < here * perUnit) return undefined
    return {
      name,
      allowed: `${allowed} ${text} in a minute`,
      here: showing(round(here)),
      used: `${showing(round(sum / perUnit))} were used`,
      retryAfterMs: used.untilBelow(here * perUnit, nowMs),
      limit: { quota: allowed, windowS: 60, ...(unit === undefined ? {} : { unit }) },
    }
  }

  #refusalOf({ worker }: QuotaOwner, { allowed, here, limit, name, retryAfterMs, used }: UsedUp): TaskResult {
    const share = this.#hosts === 1 ? '' : `, ${here} on each of ${this.#hosts} hosts`
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
    const message = `The quota "${name}" of the tenant of the worker "${worker}" is used up: it has ${allowed}${share}, and ${used}. Try again in ${seconds} s, or ask the operator for more.`
    const rateLimit = { policy: name, ...limit, remaining: 0, resetS: seconds }
    return refusal({ outcome: 'quotaExceeded', code: 'QUOTA_EXCEEDED', message, retryAfterMs, rateLimit })
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
        for (const name of MINUTE_QUOTA_NAMES) use.minutes[name].add(MINUTE_QUOTAS[name].of(record.usage), this.#now())
        caller.ended?.(record)
      },
    }
  }
}

/** A rate below one a second is told as one in so many seconds: fields of HTTP count in whole ones. */
function rateOf(perSecond: number): Pick<RateLimit, 'quota' | 'windowS'> {
  return perSecond >= 1 ? { quota: Math.floor(perSecond), windowS: 1 } : { quota: 1, windowS: Math.ceil(1 / perSecond) }
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
