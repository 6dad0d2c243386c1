// The entries that serve one key: usually one; several where a worker has more tasks than one instance may have at once. They
// share one line. Whichever has least to do gets the next task, and of those that are level each in turn.
import type { WorkerLoad } from './admission.ts'
import type { PoolEntry } from './pool-entry.ts'
import { type LineKeeper, WaitingLine } from './waiting-line.ts'

export class Replicas {
  /** Runs that wait for any of them. */
  readonly waiting: WaitingLine
  readonly #entries: PoolEntry[] = []
  #next = 0
  /** Most that ran or waited at once since the last look; only kept while there are several. */
  #peak = 0

  constructor(keeper: LineKeeper) {
    this.waiting = new WaitingLine(keeper)
  }

  get count(): number {
    return this.#entries.length
  }

  get entries(): readonly PoolEntry[] {
    return this.#entries
  }

  get load(): WorkerLoad {
    let running = 0
    let places = 0
    for (const entry of this.#entries) {
      running += entry.running
      places += entry.policy.tasksAtOnce
    }
    return { running, waiting: this.waiting.length, places, pace: this.waiting.pace }
  }

  add(entry: PoolEntry): void {
    this.#entries.push(entry)
  }

  delete(entry: PoolEntry): void {
    const index = this.#entries.indexOf(entry)
    if (index >= 0) this.#entries.splice(index, 1)
  }

  has(entry: PoolEntry): boolean {
    return this.#entries.includes(entry)
  }

  /** The one for the next run. One that is being made gets runs only where no other is there. */
  pick(): PoolEntry | undefined {
    const { length } = this.#entries
    if (length === 1) return this.#entries[0]
    let best: PoolEntry | undefined
    for (let step = 0; step < length; step++) {
      const entry = this.#entries[(this.#next + step) % length]
      if (entry !== undefined && (best === undefined || isBetter(entry, best))) best = entry
    }
    this.#next = (this.#next + 1) % Math.max(1, length)
    const { running, waiting } = this.load
    this.#peak = Math.max(this.#peak, running + waiting + 1)
    return best
  }

  /** More wait than there are places for, those included that are being made. */
  get isShort(): boolean {
    if (this.waiting.length === 0) return false
    let free = 0
    for (const { policy, running } of this.#entries) free += policy.tasksAtOnce - running
    return this.waiting.length > free
  }

  /**
   * One that is not needed for as much as there was since the last time this was asked, and that nobody holds.
   * @param least - as many stay
   */
  takeSurplus(least: number): PoolEntry | undefined {
    const { running, waiting } = this.load
    const peak = Math.max(this.#peak, running + waiting)
    this.#peak = running + waiting
    const tasksAtOnce = this.#entries[0]?.policy.tasksAtOnce ?? 1
    const needed = Math.max(1, least, Math.ceil(peak / tasksAtOnce))
    if (this.#entries.length <= needed || this.#entries.some(({ state }) => state === 'creating')) return undefined
    let quietest: PoolEntry | undefined
    for (const entry of this.#entries) {
      if (entry.isHeld || (quietest !== undefined && entry.running >= quietest.running)) continue
      quietest = entry
    }
    return quietest
  }
}

function isBetter(entry: PoolEntry, than: PoolEntry): boolean {
  const isMaking = entry.state === 'creating'
  if (isMaking !== (than.state === 'creating')) return !isMaking
  return entry.running < than.running
}
