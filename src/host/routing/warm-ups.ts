// Workers that a host is to have ready before a task comes for them. Those of a tenant are loaded one after another: a host
// that has just learned of a thousand of them answers tasks between one and the next. Tenants do not wait for each other: a
// worker may take seconds to load, and its tenant may have many.
export interface WarmUp {
  readonly tenant: string
  /** Asked when its turn has come, too: a task may have been faster, or the worker may have gone. */
  readonly wantsWarmUp: boolean
  /** Never rejects. */
  warmUp(): Promise<void>
}

export class WarmUps {
  /** Of each tenant whose workers are being loaded, in order; what is added during the walk is walked to. */
  readonly #waiting = new Map<string, Set<WarmUp>>()

  add(worker: WarmUp): void {
    if (!worker.wantsWarmUp) return
    const waiting = this.#waiting.get(worker.tenant)
    if (waiting !== undefined) {
      waiting.add(worker)
      return
    }
    const own = new Set([worker])
    this.#waiting.set(worker.tenant, own)
    void this.#walk(worker.tenant, own)
  }

  async #walk(tenant: string, waiting: Set<WarmUp>): Promise<void> {
    for (const worker of waiting) {
      waiting.delete(worker)
      if (worker.wantsWarmUp) await worker.warmUp()
    }
    this.#waiting.delete(tenant)
  }
}
