// Looks after the entries now and then: the garbage of those that rest is collected, those that are broken, worn or too old are
// replaced, and there are as many of each as are wanted.
import type { RetirementCause } from '../observer.ts'
import type { PoolEntry } from './pool-entry.ts'
import { isTooOld, wearAtRest, type WearLimits } from './wear.ts'

interface HealthCheckOptions {
  readonly everyMs: number
  readonly limits: WearLimits
  entries(): readonly PoolEntry[]
  /** It is to be replaced. */
  worn(entry: PoolEntry, cause: RetirementCause): void
  /** Called with each look, before anything else. */
  adjust(): void
}

/** One that is used all the time is looked at between two tasks, after as many looks. */
const LOOKS_WITHOUT_REST = 10

export class HealthCheck {
  readonly #options: HealthCheckOptions
  readonly #timer: NodeJS.Timeout
  /** Entry → its latest use as of the last look. */
  #seenUses = new Map<PoolEntry, number>()
  /** Entry → when it was last checked, and after which use: once is enough for each. */
  readonly #checked = new WeakMap<PoolEntry, { readonly use: number; readonly look: number }>()
  #looks = 0
  #closed = false

  constructor(options: HealthCheckOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#look(), options.everyMs)
    this.#timer.unref()
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
  }

  #look(): void {
    this.#looks += 1
    this.#options.adjust()
    this.#replaceOld()
    const due = this.#takeDue()
    const checkNext = (): void => {
      const entry = due.pop()
      if (entry === undefined || this.#closed) return
      this.#checkEntry(entry)
      // A collection takes milliseconds: requests come in between.
      setImmediate(checkNext)
    }
    checkNext()
  }

  /** Busy ones too. */
  #replaceOld(): void {
    for (const entry of this.#options.entries()) {
      if (entry.state === 'open' && isTooOld(entry, this.#options.limits)) this.#options.worn(entry, 'age')
    }
  }

  /** Those that rest and were used since they were last checked, and those that seldom rest. */
  #takeDue(): PoolEntry[] {
    const entries = this.#options.entries()
    const due = entries.filter((entry) => entry.isIdle && this.#isDue(entry))
    this.#seenUses = new Map(entries.map((entry) => [entry, entry.lastUse]))
    for (const entry of due) this.#checked.set(entry, { use: entry.lastUse, look: this.#looks })
    return due
  }

  #isDue(entry: PoolEntry): boolean {
    const checked = this.#checked.get(entry)
    if (checked?.use === entry.lastUse) return false
    const seenUse = this.#seenUses.get(entry)
    if (seenUse === entry.lastUse) return true
    return seenUse !== undefined && checked !== undefined && this.#looks - checked.look >= LOOKS_WITHOUT_REST
  }

  /** Garbage goes first, so that only what an instance really keeps counts against it. */
  #checkEntry(entry: PoolEntry): void {
    if (!entry.isIdle) return
    entry.collectGarbage()
    const cause = wearAtRest(entry, this.#options.limits)
    if (cause !== undefined) this.#options.worn(entry, cause)
  }
}
