// A response body on its way out of an isolate: the guest writes, the caller reads, and the guest is told to wait while
// the caller is behind.
import type { ByteSource } from '../task.ts'

/** Past this many bytes the guest waits. */
const HIGH_WATER_BYTES = 64 * 1024
/** Shorter chunks that wait are read together: a million of one byte would be a million writes to the client. */
const SHORT_CHUNK_BYTES = 4 * 1024

interface StreamEvents {
  /** There is room again. */
  drained(): void
  /** The caller reads no further. */
  canceled(): void
}

export class ResponseStream implements ByteSource {
  readonly #events: StreamEvents
  readonly #chunks: Uint8Array[] = []
  #bufferedBytes = 0
  #state: 'open' | 'finished' | 'failed' | 'canceled' = 'open'
  #error: Error | undefined
  #reader: { resolve(chunk: Uint8Array | undefined): void; reject(error: Error): void } | undefined

  constructor(events: StreamEvents) {
    this.#events = events
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  get hasRoom(): boolean {
    return this.#bufferedBytes < HIGH_WATER_BYTES
  }

  /** Returns whether there is room for more. Chunks after the end are dropped. */
  write(chunk: Uint8Array): boolean {
    if (this.#state !== 'open' || chunk.byteLength === 0) return this.hasRoom
    if (this.#reader !== undefined) {
      const { resolve } = this.#reader
      this.#reader = undefined
      resolve(chunk)
      return true
    }
    this.#chunks.push(chunk)
    this.#bufferedBytes += chunk.byteLength
    return this.hasRoom
  }

  finish(): void {
    if (this.#state !== 'open') return
    this.#state = 'finished'
    if (this.#chunks.length === 0) this.#reader?.resolve(undefined)
  }

  /** What was written is still read; then comes the error. */
  fail(error: Error): void {
    if (this.#state !== 'open') return
    this.#state = 'failed'
    this.#error = error
    if (this.#chunks.length === 0) this.#reader?.reject(error)
  }

  read(): Promise<Uint8Array | undefined> {
    const chunk = this.#takeWaiting()
    if (chunk !== undefined) {
      const wasFull = !this.hasRoom
      this.#bufferedBytes -= chunk.byteLength
      if (wasFull && this.hasRoom && this.#state === 'open') this.#events.drained()
      return Promise.resolve(chunk)
    }
    if (this.#error !== undefined) return Promise.reject(this.#error)
    if (this.#state !== 'open') return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject }
    })
  }

  #takeWaiting(): Uint8Array | undefined {
    const first = this.#chunks[0]
    if (this.#chunks.length < 2 || first === undefined || first.byteLength >= SHORT_CHUNK_BYTES)
      return this.#chunks.shift()
    const end = this.#chunks.findIndex(({ byteLength }) => byteLength >= SHORT_CHUNK_BYTES)
    return Buffer.concat(this.#chunks.splice(0, end < 0 ? this.#chunks.length : end))
  }

  cancel(): void {
    if (this.#state !== 'open') return
    this.#state = 'canceled'
    this.#chunks.length = 0
    this.#bufferedBytes = 0
    this.#events.canceled()
  }
}
