// Workers that took a host down are held back: each time for longer, until an operator or a new version lifts it.
import type { QuarantineRow, Store, WorkerName } from './store.ts'

/** For the first, second, … strike. */
const DELAYS_MS = [10_000, 60_000, 600_000, 3_600_000]
/** A worker that has behaved for this long since its last quarantine starts over. */
const FORGIVEN_AFTER_MS = 24 * 3_600_000

export class Quarantine {
  readonly #store: Store
  readonly #rows = new Map<string, QuarantineRow>()
  /** On a clock that nobody can set. */
  readonly #untilMs = new Map<string, number>()

  constructor(store: Store) {
    this.#store = store
    for (const row of store.quarantine()) this.#keep(row, row.until - Date.now())
  }

  /** One more strike of a worker's version. Returns the strikes so far. */
  strike(
    { tenant, worker }: WorkerName,
    { number, reason }: { readonly number: number; readonly reason: string },
  ): number {
    const key = `${tenant}/${worker}`
    const before = this.#rows.get(key)
    const isForgiven = before === undefined || Date.now() - before.until > FORGIVEN_AFTER_MS
    const strikes = isForgiven ? 1 : before.strikes + 1
    const delayMs = DELAYS_MS[Math.min(strikes, DELAYS_MS.length) - 1] ?? 0
    const row = { tenant, worker, number, strikes, reason, until: Date.now() + delayMs }
    this.#store.saveQuarantine(row)
    this.#keep(row, delayMs)
    return strikes
  }

  /** Returns whether the worker was held back. An operator's pardon also forgets its strikes; a new version keeps them. */
  lift(worker: WorkerName, by: 'operator' | 'new version'): boolean {
    const key = `${worker.tenant}/${worker.worker}`
    const row = this.#rows.get(key)
    if (row === undefined) return false
    const wasActive = this.remainingMs(worker) > 0
    if (by === 'operator') {
      this.#store.removeQuarantine(worker)
      this.#rows.delete(key)
      this.#untilMs.delete(key)
    } else {
      const lifted = { ...row, until: Math.min(row.until, Date.now()) }
      this.#store.saveQuarantine(lifted)
      this.#keep(lifted, 0)
    }
    return wasActive
  }

  forget(worker: WorkerName): void {
    this.#rows.delete(`${worker.tenant}/${worker.worker}`)
    this.#untilMs.delete(`${worker.tenant}/${worker.worker}`)
  }

  remainingMs({ tenant, worker }: WorkerName): number {
    return Math.max(0, (this.#untilMs.get(`${tenant}/${worker}`) ?? 0) - performance.now())
  }

  reason({ tenant, worker }: WorkerName): string {
    return this.#rows.get(`${tenant}/${worker}`)?.reason ?? ''
  }

  /** Workers held back at present. */
  active(): QuarantineRow[] {
    return [...this.#rows.values()].filter((row) => this.remainingMs(row) > 0)
  }

  #keep(row: QuarantineRow, remainingMs: number): void {
    const key = `${row.tenant}/${row.worker}`
    this.#rows.set(key, row)
    this.#untilMs.set(key, performance.now() + remainingMs)
  }
}
