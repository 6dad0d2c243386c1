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
    const resting = [...this.#options.entries()].filter((entry) => entry.needsCheck())
    const checkNext = (): void => {
      const entry = resting.pop()
      if (entry === undefined || this.#closed) return
      this.#checkEntry(entry)
      // A collection takes milliseconds: requests come in between.
      setImmediate(checkNext)
    }
    checkNext()
  }

  /** Garbage goes first, so that only what an instance really keeps counts against it. */
  #checkEntry(entry: PoolEntry): void {
    if (!entry.isIdle) return
    entry.collectGarbage()
    if (entry.isBroken) entry.retire('unhealthy')
    else if (entry.heapBytes > this.#options.restartMemoryBytes) entry.retire('memory')
  }
}
