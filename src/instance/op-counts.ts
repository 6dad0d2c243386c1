// How often guests called the host, by op. On the way of every call: one element of an array.
import { OP } from '../bridge/ops.ts'

const NAMES: readonly (readonly [name: string, op: number])[] = Object.entries(OP)

export class OpCounts {
  readonly #counts = new Float64Array(Math.max(...NAMES.map(([, op]) => op)) + 1)

  /** @param op - as the guest gave it; what is no op is not counted */
  add(op: number): void {
    // Anything else would become a property of the array.
    if (typeof op !== 'number') return
    const before = this.#counts[op]
    if (before !== undefined) this.#counts[op] = before + 1
  }

  /** By name; those that were never called are left out. */
  counts(): Readonly<Record<string, number>> {
    const called = NAMES.map(([name, op]) => [name, this.#counts[op] ?? 0] as const)
    return Object.fromEntries(called.filter(([, count]) => count > 0))
  }
}
