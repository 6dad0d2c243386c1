// What the thread that runs workers does with its time: all of it, and the part within workers.
import { performance } from 'node:perf_hooks'
import type { ThreadTime } from '../../instance/services.ts'
import type { HostCounts } from '../../wire/measures-text.ts'

export class ThreadUse implements ThreadTime {
  readonly #inner: ThreadTime
  #entriesUs = 0

  /** @param inner - hears of the same time */
  constructor(inner: ThreadTime) {
    this.#inner = inner
  }

  charge(tenant: string, usedUs: number): void {
    this.#entriesUs += usedUs
    this.#inner.charge(tenant, usedUs)
  }

  counts(): NonNullable<HostCounts['thread']> {
    const { active, idle } = performance.eventLoopUtilization()
    return { activeMs: Math.round(active), idleMs: Math.round(idle), entriesUs: Math.round(this.#entriesUs) }
  }
}
