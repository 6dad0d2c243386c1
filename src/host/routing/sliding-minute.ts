// A sum over the last minute, to a second: what was added leaves again 59 to 60 seconds later.

const SLOT_MS = 1000
const SLOTS = 60

export class SlidingMinute {
  /** Of each of the last seconds, at its number modulo their count. */
  readonly #slots = new Float64Array(SLOTS)
  #newest = 0
  #sum = 0

  /** @param amount - a whole number: sums of fractions drift */
  add(amount: number, nowMs: number): void {
    this.#advance(nowMs)
    const at = this.#newest % SLOTS
    this.#slots[at] = this.#at(this.#newest) + amount
    this.#sum += amount
  }

  sum(nowMs: number): number {
    this.#advance(nowMs)
    return this.#sum
  }

  /** In how many milliseconds the sum is below that, if nothing is added. @param limit - above 0 */
  untilBelow(limit: number, nowMs: number): number {
    this.#advance(nowMs)
    let left = this.#sum
    for (let second = this.#newest - SLOTS + 1; second <= this.#newest; second++) {
      if (left < limit) return Math.max(0, (second - 1 + SLOTS) * SLOT_MS - nowMs)
      left -= this.#at(second)
    }
    return (this.#newest + SLOTS) * SLOT_MS - nowMs
  }

  #at(second: number): number {
    return this.#slots[(second + SLOTS) % SLOTS] ?? 0
  }

  #advance(nowMs: number): void {
    const second = Math.floor(nowMs / SLOT_MS)
    if (second - this.#newest >= SLOTS) {
      this.#slots.fill(0)
      this.#sum = 0
      this.#newest = second
      return
    }
    while (this.#newest < second) {
      this.#newest += 1
      this.#sum -= this.#at(this.#newest)
      this.#slots[this.#newest % SLOTS] = 0
    }
  }
}
