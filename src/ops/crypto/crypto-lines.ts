// Where calls of SubtleCrypto wait for a thread. Node does the work on the threads it also resolves names and compresses
// on, four of them, first come, first served: so that one tenant's keys do not hold up another's, no more is given to them
// at once than keeps that line short.
import { FairLine } from './fair-line.ts'

/** What takes longer than this waits with its like. */
const LONG_US = 5000
/** Of one tenant's short calls, as much is under way at once. */
const SHORT_US_AT_ONCE = 20_000
/** Long calls under way at once: half of the threads. One tenant has one of them. */
const LONG_AT_ONCE = 2

export class CryptoLines {
  readonly #short = new FairLine({ perParty: SHORT_US_AT_ONCE, total: Number.POSITIVE_INFINITY })
  readonly #long = new FairLine({ perParty: 1, total: LONG_AT_ONCE })

  /**
   * Starts the work now or later.
   * @param us - how long it takes, as estimated
   * @param start - must not throw; its promise settles when the work is over
   * @returns gives up work that has not begun; false when it has
   */
  run(tenant: string, us: number, start: () => Promise<unknown>): () => boolean {
    return us > LONG_US ? this.#long.run(tenant, 1, start) : this.#short.run(tenant, us, start)
  }
}
