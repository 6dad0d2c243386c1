// Asks hosts what they have counted: every few seconds, so that little is lost with a host that dies, and whenever somebody
// wants to know.
import type { HostLinks } from '../host-links.ts'
import type { Measures } from './measures.ts'

const WITHIN_MS = 2000

export class MeasuresPoll implements Disposable {
  readonly #measures: Measures
  readonly #links: HostLinks
  #timer: NodeJS.Timeout | undefined
  #asking: Promise<void> | undefined
  #askingNext: Promise<void> | undefined

  constructor(measures: Measures, links: HostLinks) {
    this.#measures = measures
    this.#links = links
  }

  /** From now on as often as that; otherwise hosts are asked only when somebody wants to know. */
  repeat(everyMs: number): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => void this.refresh(), everyMs)
  }

  /** Resolves when all that hosts had counted by now has been taken in, or a host did not answer in time. */
  refresh(): Promise<void> {
    if (this.#asking === undefined) return this.#begin()
    // What hosts are being asked may have been answered already.
    this.#askingNext ??= this.#asking.then(() => {
      this.#askingNext = undefined
      return this.#begin()
    })
    return this.#askingNext
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #begin(): Promise<void> {
    this.#asking = this.#ask().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(): Promise<void> {
    const measures = this.#measures
    await Promise.all(
      this.#links.all.map(async (link) => {
        const done = await link.ask({ type: 'measures', since: measures.snapshotOf(link.host) }, WITHIN_MS)
        if (done?.measures !== undefined) measures.take(link, done.measures)
      }),
    )
    measures.asked(this.#links.all.map(({ host }) => host))
  }
}
