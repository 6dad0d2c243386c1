// Looks after the entries that rest: their garbage is collected, and those that are broken or still too large replaced.
import type { PoolEntry } from './pool-entry.ts'

interface HealthCheckOptions {
  readonly everyMs: number
  /** An entry whose heap is above this when its garbage has gone is replaced, in bytes. */
  readonly restartMemoryBytes: number
  entries(): Iterable<PoolEntry>
}

export class HealthCheck {
  readonly #options: HealthCheckOptions
  readonly #timer: NodeJS.Timeout
  /** Entry → its latest use as of the last look. */
  #seenUses = new Map<PoolEntry, number>()
  /** Entry → the use after which it was last checked: once is enough for each. */
  readonly #checkedUses = new WeakMap<PoolEntry, number>()
  #closed = false

  constructor(options: HealthCheckOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#check(), options.everyMs)
    this.#timer.unref()
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
  }

  #check(): void {
    const resting = this.#takeRested()
    const checkNext = (): void => {
      const entry = resting.pop()
      if (entry === undefined || this.#closed) return
      this.#checkEntry(entry)
      // A collection takes milliseconds: requests come in between.
      setImmediate(checkNext)
    }
    checkNext()
  }

  /** Those that were used since they were last checked, and not since the last look. */
  #takeRested(): PoolEntry[] {
    const entries = [...this.#options.entries()]
    const rested = entries.filter(
      (entry) =>
        entry.isIdle && this.#seenUses.get(entry) === entry.lastUse && this.#checkedUses.get(entry) !== entry.lastUse,
    )
    this.#seenUses = new Map(entries.map((entry) => [entry, entry.lastUse]))
    for (const entry of rested) this.#checkedUses.set(entry, entry.lastUse)
    return rested
  }

  /** Garbage goes first, so that only what an instance really keeps counts against it. */
  #checkEntry(entry: PoolEntry): void {
    if (!entry.isIdle) return
    entry.collectGarbage()
    if (entry.isBroken) entry.retire('unhealthy')
    else if (entry.heapBytes > this.#options.restartMemoryBytes) entry.retire('memory')
  }
}
