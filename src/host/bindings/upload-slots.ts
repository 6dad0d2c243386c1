// Values that are streamed into a store are held until it has them. A tenant may have two on their way in a host; the
// next one begins when one of them is through, so that nobody fills a host with values that are never complete.

const AT_ONCE = 2

export class UploadSlots {
  /** Those who wait, by tenant; absent where nobody has a slot. */
  readonly #tenants = new Map<string, { taken: number; readonly waiting: (() => void)[] }>()

  async use<T>(tenant: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#take(tenant, signal)
    try {
      return await work()
    } finally {
      this.#give(tenant)
    }
  }

  #take(tenant: string, signal: AbortSignal): Promise<void> {
    const slots = this.#tenants.get(tenant) ?? { taken: 0, waiting: [] }
    this.#tenants.set(tenant, slots)
    if (slots.taken < AT_ONCE) {
      slots.taken += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        slots.waiting.splice(slots.waiting.indexOf(go), 1)
        reject(new Error('the task ended'))
      }
      const go = (): void => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      slots.waiting.push(go)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  #give(tenant: string): void {
    const slots = this.#tenants.get(tenant)
    if (slots === undefined) return
    const next = slots.waiting.shift()
    if (next !== undefined) {
      next()
      return
    }
    slots.taken -= 1
    if (slots.taken === 0) this.#tenants.delete(tenant)
  }
}
