// What the heap of an isolate holds, as of a moment ago: asking V8 takes longer than a short entry.
import type { EngineIsolate } from '../isolate/engine-isolate.ts'
import type { KeyTable } from './key-table.ts'

const INTERVAL_MS = 100

export class HeapSample {
  readonly #isolate: EngineIsolate
  readonly #keys: KeyTable
  #bytes = 0
  #takenMs = 0

  constructor(isolate: EngineIsolate, keys: KeyTable) {
    this.#isolate = isolate
    this.#keys = keys
  }

  /** Keys that the host keeps for the guest included. */
  get bytes(): number {
    return this.#bytes
  }

  take(): void {
    this.#takenMs = performance.now()
    const bytes = this.#isolate.heapBytes()
    if (bytes !== undefined) this.#bytes = bytes + this.#keys.bytes
  }

  takeIfOld(): void {
    if (performance.now() - this.#takenMs >= INTERVAL_MS) this.take()
  }
}
