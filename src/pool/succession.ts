// Entries that are worn out, and those that are being made in their place. The old one serves until the new one is ready,
// and goes on where that cannot be loaded.
import type { RetirementCause } from '../observer.ts'
import type { PoolEntry } from './pool-entry.ts'

interface Leaving {
  readonly entry: PoolEntry
  readonly cause: RetirementCause
}

export class Succession {
  /** Successor → whom it follows. */
  readonly #leaving = new Map<PoolEntry, Leaving>()
  readonly #succeeded = new Set<PoolEntry>()
  /** Whose successors could not be loaded. They have no other for now: loading costs much, and would with every task. */
  readonly #failed = new Set<PoolEntry>()

  /** It has a successor, or had one that could not be loaded. */
  has(entry: PoolEntry): boolean {
    return this.#succeeded.has(entry) || this.#failed.has(entry)
  }

  begin(leaving: Leaving, successor: PoolEntry): void {
    this.#leaving.set(successor, leaving)
    this.#succeeded.add(leaving.entry)
  }

  /** The successor is ready. */
  opened(successor: PoolEntry): void {
    const leaving = this.#take(successor)
    leaving?.entry.retire(leaving.cause)
  }

  /** It will never be. */
  failed(successor: PoolEntry): void {
    const leaving = this.#take(successor)
    if (leaving !== undefined) this.#failed.add(leaving.entry)
  }

  /** They may try again. */
  forgetFailures(): void {
    this.#failed.clear()
  }

  #take(successor: PoolEntry): Leaving | undefined {
    const leaving = this.#leaving.get(successor)
    if (leaving === undefined) return undefined
    this.#leaving.delete(successor)
    this.#succeeded.delete(leaving.entry)
    return leaving
  }
}
