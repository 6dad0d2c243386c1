// When a worker that is at home elsewhere is loaded here as well: once what forwarding its tasks has cost is what loading it
// costs. Whoever decides so pays at most twice what the best decision would have cost, whatever comes.

/** So many forwarded tasks cost what loading a small worker does: 128 µs more CPU each, 10 ms (`npm run bench -- placement`). */
const TASKS_PER_LOAD = 80

export class RentOrBuy {
  #paid = 0
  #age = 0

  /**
   * A task is forwarded. Returns whether the worker is to be loaded here now, after which it begins anew.
   *
   * @param age - grows by one in the time after which what was paid counts half: a worker that comes seldom stays away
   */
  pay(age: number): boolean {
    this.#paid = this.#paid * 2 ** (this.#age - age) + 1
    this.#age = age
    if (this.#paid < TASKS_PER_LOAD) return false
    this.#paid = 0
    return true
  }
}
