// Jobs that wait for the threads Node shares among all that is slow. Owners take turns, one job of each at a time, so
// that whoever has a thousand of them delays another by one.

interface Job {
  start(): Promise<unknown>
}

export class WorkLine {
  readonly #atOnce: number
  /** By owner, in the order of their turns. */
  readonly #waiting = new Map<object, Job[]>()
  readonly #working = new Set<object>()

  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  run<T>(owner: object, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const job = { start: () => work().then(resolve, reject) }
      const waiting = this.#waiting.get(owner)
      if (waiting === undefined) this.#waiting.set(owner, [job])
      else waiting.push(job)
      this.#startNext()
    })
  }

  #startNext(): void {
    for (const [owner, jobs] of this.#waiting) {
      if (this.#working.size >= this.#atOnce) return
      if (this.#working.has(owner)) continue
      this.#waiting.delete(owner)
      const job = jobs.shift()
      if (job === undefined) continue
      // To the end of the line, for the next one.
      if (jobs.length > 0) this.#waiting.set(owner, jobs)
      this.#working.add(owner)
      void job.start().finally(() => {
        this.#working.delete(owner)
        this.#startNext()
      })
    }
  }
}
