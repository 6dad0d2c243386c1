// Work for a few threads that all share, in an order in which nobody waits for what one other has asked: each party may
// have a certain weight of it under way, all together another, and waiting parties take turns.

export interface LineBounds {
  /** Weight that one party may have under way. A single piece of work may weigh more. */
  readonly perParty: number
  /** Weight of all parties together. */
  readonly total: number
}

interface Waiting {
  readonly weight: number
  readonly start: () => Promise<unknown>
}

export class FairLine {
  readonly #bounds: LineBounds
  readonly #underWay = new Map<string, number>()
  /** In the order of turns. */
  readonly #waiting = new Map<string, Waiting[]>()
  #total = 0

  constructor(bounds: LineBounds) {
    this.#bounds = bounds
  }

  /** Pieces of work that wait for their turn. */
  get waiting(): number {
    let count = 0
    for (const queue of this.#waiting.values()) count += queue.length
    return count
  }

  /**
   * Starts the work now or when its turn comes.
   * @param start - must not throw; the work is over when its promise settles
   * @returns takes the work out of the line again; false when it has started
   */
  run(party: string, weight: number, start: () => Promise<unknown>): () => boolean {
    const work: Waiting = { weight, start }
    if (!this.#waiting.has(party) && this.#hasRoom(party, weight)) {
      this.#start(party, work)
      return () => false
    }
    const queue = this.#waiting.get(party)
    if (queue === undefined) this.#waiting.set(party, [work])
    else queue.push(work)
    return () => this.#remove(party, work)
  }

  #hasRoom(party: string, weight: number): boolean {
    const own = this.#underWay.get(party) ?? 0
    const fits = own === 0 || own + weight <= this.#bounds.perParty
    return fits && (this.#total === 0 || this.#total + weight <= this.#bounds.total)
  }

  #start(party: string, { weight, start }: Waiting): void {
    this.#underWay.set(party, (this.#underWay.get(party) ?? 0) + weight)
    this.#total += weight
    const over = (): void => this.#finished(party, weight)
    start().then(over, over)
  }

  #finished(party: string, weight: number): void {
    const left = (this.#underWay.get(party) ?? 0) - weight
    this.#total -= weight
    if (left > 0) this.#underWay.set(party, left)
    else this.#underWay.delete(party)
    this.#startWaiting()
  }

  /** One turn for each party that waits, and again while there is room. */
  #startWaiting(): void {
    for (const [party, queue] of this.#waiting) {
      const [next] = queue
      if (next === undefined || !this.#hasRoom(party, next.weight)) continue
      queue.shift()
      // To the end: the others come first now, and then this loop comes to it again.
      this.#waiting.delete(party)
      if (queue.length > 0) this.#waiting.set(party, queue)
      this.#start(party, next)
    }
  }

  #remove(party: string, work: Waiting): boolean {
    const queue = this.#waiting.get(party)
    const index = queue?.indexOf(work) ?? -1
    if (queue === undefined || index < 0) return false
    queue.splice(index, 1)
    if (queue.length === 0) this.#waiting.delete(party)
    return true
  }
}
