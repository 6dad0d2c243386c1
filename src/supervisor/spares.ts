// How many processes wait to take the place of a host that dies. Hosts seldom die alone: once one was needed, one more is
// kept for a while, so that the next death finds one ready even if the last one's successor is still starting.

const KEPT_FOR_MS = 300_000

export class Spares {
  readonly #least: number
  #usedMs = -Infinity

  constructor(least: number) {
    this.#least = least
  }

  /** @param nowMs - on a clock that nobody can set */
  used(nowMs: number): void {
    this.#usedMs = nowMs
  }

  wanted(nowMs: number): number {
    const isMoreKept = this.#least > 0 && nowMs - this.#usedMs < KEPT_FOR_MS
    return this.#least + (isMoreKept ? 1 : 0)
  }
}
