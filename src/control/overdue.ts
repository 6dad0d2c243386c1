// Versions that are about to cost a host its life, by the word of its watchdog: held back everywhere until it is over, so
// that a client that tries again at once does not take the next host too. A host may have been taken over, and accuse whom
// it likes: one at a time, and after a false alarm not again for a while.
interface Alarm {
  readonly number: number
  readonly untilMs: number
}

/** Longer than a host takes to die, and its death to be reported. */
const HELD_MS = 1_000
const DEAF_MS = 10_000

export class Overdue {
  readonly #alarms = new Map<number, Alarm>()
  readonly #deafUntilMs = new Map<number, number>()

  /** Returns whether the word counts. */
  raise(host: number, number: number): boolean {
    const nowMs = performance.now()
    if (nowMs < (this.#deafUntilMs.get(host) ?? 0)) return false
    this.#alarms.set(host, { number, untilMs: nowMs + HELD_MS })
    this.#deafUntilMs.set(host, nowMs + DEAF_MS)
    return true
  }

  /** The entry came to an end after all. Returns the version that is free again. */
  clear(host: number): number | undefined {
    const number = this.#alarms.get(host)?.number
    this.#alarms.delete(host)
    return number
  }

  /** It died: whoever did it is now held back for that. */
  forget(host: number): void {
    this.#alarms.delete(host)
    this.#deafUntilMs.delete(host)
  }

  remainingMs(number: number): number {
    let remainingMs = 0
    for (const [host, alarm] of this.#alarms) {
      const leftMs = alarm.untilMs - performance.now()
      if (leftMs <= 0) this.#alarms.delete(host)
      else if (alarm.number === number) remainingMs = Math.max(remainingMs, leftMs)
    }
    return remainingMs
  }
}
