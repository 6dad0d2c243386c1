// How fast a line moves: the mean time between two that leave it for an instance, of late. Time in which nobody waited
// does not count, and what is gone for good (a caller that left) has not moved it.

/** Of so many the mean is taken; then the older half counts half. */
const REMEMBERED = 64
const LEAST_RETRY_MS = 1000
const MOST_RETRY_MS = 60_000

export class Pace {
  #sinceMs = 0
  #waitedMs = 0
  #left = 0

  /** Somebody waits where nobody did. */
  began(nowMs: number): void {
    this.#sinceMs = nowMs
  }

  /** The next one left. */
  moved(nowMs: number): void {
    this.#waitedMs += nowMs - this.#sinceMs
    this.#sinceMs = nowMs
    this.#left += 1
    if (this.#left < REMEMBERED) return
    this.#left /= 2
    this.#waitedMs /= 2
  }

  /** How long those who wait will take to be gone, in milliseconds: when to come again. */
  retryAfterMs(waiting: number, nowMs: number): number {
    // One that does not move at all looks slower with every moment.
    const standingMs = waiting > 0 ? nowMs - this.#sinceMs : 0
    return inReason((waiting * (this.#waitedMs + standingMs)) / (this.#left + 1))
  }
}

/** Nobody comes again sooner than in a second, nor has to wait more than a minute on a guess. */
export function inReason(retryAfterMs: number): number {
  return Math.round(Math.min(MOST_RETRY_MS, Math.max(LEAST_RETRY_MS, retryAfterMs)))
}
