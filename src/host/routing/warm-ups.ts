// Workers that a host is to have ready before a task comes for them. They are loaded one after another: a host that has just
// learned of a thousand of them answers tasks between one and the next.
export interface WarmUp {
  /** Asked when its turn has come, too: a task may have been faster, or the worker may have gone. */
  readonly wantsWarmUp: boolean
  /** Never rejects. */
  warmUp(): Promise<void>
}

export class WarmUps {
  /** In order; what is added during the walk is walked to. */
  readonly #waiting = new Set<WarmUp>()
  #isWalking = false

  add(worker: WarmUp): void {
    if (!worker.wantsWarmUp) return
    this.#waiting.add(worker)
    if (!this.#isWalking) void this.#walk()
  }

  async #walk(): Promise<void> {
    this.#isWalking = true
    for (const worker of this.#waiting) {
      this.#waiting.delete(worker)
      if (worker.wantsWarmUp) await worker.warmUp()
    }
    this.#isWalking = false
  }
}
