// A rate that is kept over any time, with bursts of one second's worth. It fills by itself; each task takes one out.

/** Sums of fractions of a second fall short of whole ones by as little. */
const ROUNDING = 1e-9

export class TokenBucket {
  /** Full at first. */
  #tokens = Infinity
  #lastMs = 0

  /** Takes one out, and returns 0; or takes none, and returns in how many milliseconds there is one. */
  take(perSecond: number, nowMs: number): number {
    const passedMs = nowMs - this.#lastMs
    // A rate below one a second lets one pass all the same.
    this.#tokens = Math.min(Math.max(1, perSecond), this.#tokens + (passedMs * perSecond) / 1000)
    this.#lastMs = nowMs
    if (this.#tokens < 1 - ROUNDING) return Math.ceil(((1 - this.#tokens) * 1000) / perSecond)
    this.#tokens = Math.max(0, this.#tokens - 1)
    return 0
  }
}
