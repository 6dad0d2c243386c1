// Executions that are remembered: those under way, and the latest that are over, as many as there is room for.
import type { Execution } from './execution.ts'

export interface HistoryBounds {
  readonly maxExecutions: number
  readonly maxBytes: number
}

export class History {
  readonly #bounds: HistoryBounds
  /** Oldest first. */
  readonly #executions = new Map<string, Execution>()
  /** Of those that are over. */
  readonly #bytes = new Map<string, number>()
  #allBytes = 0

  constructor(bounds: HistoryBounds) {
    this.#bounds = bounds
  }

  add(execution: Execution): void {
    this.#executions.set(execution.facts.id, execution)
    this.#forget()
  }

  /** It is over, and grows no more. */
  ended(execution: Execution): void {
    const { id } = execution.facts
    if (!this.#executions.has(id)) return
    this.#bytes.set(id, execution.heldBytes)
    this.#allBytes += execution.heldBytes
    this.#forget()
  }

  find(id: string): Execution | undefined {
    return this.#executions.get(id)
  }

  /** Newest first. */
  all(): Execution[] {
    return [...this.#executions.values()].toReversed()
  }

  #forget(): void {
    const { maxBytes, maxExecutions } = this.#bounds
    for (const [id, bytes] of this.#bytes) {
      if (this.#executions.size <= maxExecutions && this.#allBytes <= maxBytes) return
      this.#executions.delete(id)
      this.#bytes.delete(id)
      this.#allBytes -= bytes
    }
  }
}
