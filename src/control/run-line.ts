// Runs that wait for their turn: so many at once, so many of them of one tenant, and tenants one after the other. At a full
// hour thousands of schedules are due, and hosts have other things to do.

export interface RunLineOptions {
  readonly atOnce: number
  readonly atOnceOfTenant: number
}

export class RunLine<T extends { readonly tenant: string }> {
  readonly #options: RunLineOptions
  /** By tenant, in the order in which tenants have their turn. */
  readonly #waiting = new Map<string, T[]>()
  readonly #running = new Map<string, number>()
  #count = 0

  constructor(options: RunLineOptions) {
    this.#options = options
  }

  add(run: T): void {
    const before = this.#waiting.get(run.tenant)
    if (before === undefined) this.#waiting.set(run.tenant, [run])
    else before.push(run)
  }

  /** Those whose turn it is. Each is running until `left` is called for its tenant. */
  take(): T[] {
    const taken: T[] = []
    // Who had a turn and has more comes to the end of the map, and has another one in this loop.
    for (const [tenant, runs] of this.#waiting) {
      if (this.#count >= this.#options.atOnce) break
      const run = this.#mayRun(tenant) ? runs.shift() : undefined
      if (run === undefined) continue
      this.#waiting.delete(tenant)
      if (runs.length > 0) this.#waiting.set(tenant, runs)
      this.#count += 1
      this.#running.set(tenant, (this.#running.get(tenant) ?? 0) + 1)
      taken.push(run)
    }
    return taken
  }

  left(tenant: string): void {
    const running = (this.#running.get(tenant) ?? 0) - 1
    this.#count -= 1
    if (running > 0) this.#running.set(tenant, running)
    else this.#running.delete(tenant)
  }

  #mayRun(tenant: string): boolean {
    return (this.#running.get(tenant) ?? 0) < this.#options.atOnceOfTenant
  }
}
