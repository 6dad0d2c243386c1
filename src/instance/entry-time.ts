// How long the present entry has lasted in all. isolated-vm's own time limit stands still while the guest is in a call of
// the host, so that a loop over cheap calls would run for many times its limit; this one counts every moment.
//
// Asked before each of the guest's calls: a comparison and a reading of the clock.
import { entryCpuUs } from '../isolate/entry-clock.ts'

/** `over`: no call does anything any more. `spent`: nor did that end the entry, so its isolate has to. */
export type EntryPhase = 'within' | 'over' | 'spent'

/** Between this many times its CPU budget and its time limit an entry has the chance to end in V8's own way. */
const SPENT_FACTOR = 1.8

export class EntryTime {
  #startMs = 0
  #budgetMs = 0
  #overAtMs = Infinity
  #phase: EntryPhase = 'within'

  /** The furthest that a call of the present entry, or of the one just left, has seen it. */
  get phase(): EntryPhase {
    return this.#phase
  }

  /** @param limitMs - what isolated-vm was told: the budget, with room for a busy machine */
  enter(budgetMs: number, limitMs: number): void {
    this.#startMs = performance.now()
    this.#budgetMs = budgetMs
    this.#overAtMs = this.#startMs + limitMs
    this.#phase = 'within'
  }

  /** For entries that nothing but isolated-vm bounds. */
  enterUnbounded(): void {
    this.#overAtMs = Infinity
    this.#phase = 'within'
  }

  look(): EntryPhase {
    const nowMs = performance.now()
    if (nowMs < this.#overAtMs) return 'within'
    if (this.#phase !== 'spent') this.#phase = this.#isSpent(nowMs) ? 'spent' : 'over'
    return this.#phase
  }

  /** With its isolate go all its tasks, so a machine that is busy with other things must not be taken for a busy guest. */
  #isSpent(nowMs: number): boolean {
    if (nowMs - this.#startMs < this.#budgetMs * SPENT_FACTOR) return false
    return entryCpuUs(this.#startMs) >= this.#budgetMs * 1000
  }
}
