// How long to wait before a process is started again. The first deaths cost nothing; a process that keeps dying waits
// longer each time, and is called a crash loop.

const WINDOW_MS = 30_000
const FREE_DEATHS = 4
const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5_000
const LOOP_DEATHS = 10

export class Backoff {
  #deathsMs: number[] = []

  /** @param nowMs - on a clock that nobody can set */
  died(nowMs: number): void {
    this.#deathsMs = [...this.#recent(nowMs), nowMs]
  }

  delayMs(nowMs: number): number {
    const over = this.#recent(nowMs).length - FREE_DEATHS
    return over <= 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (over - 1))
  }

  isLoop(nowMs: number): boolean {
    return this.#recent(nowMs).length >= LOOP_DEATHS
  }

  #recent(nowMs: number): number[] {
    return this.#deathsMs.filter((deathMs) => nowMs - deathMs < WINDOW_MS)
  }
}
