// Larger values on their way from one host. They are asked for part by part, and only as far as there is room to hold them:
// a host that begins many and completes none has filled its own room, and nobody else's.
import { PART_BYTES, partCount } from '../../host/kv/kv-store.ts'

interface Upload {
  readonly ask: number
  readonly size: number
  readonly parts: Uint8Array[]
  received: number
  state: 'waiting' | 'receiving' | 'complete'
  resolve(parts: Uint8Array[] | undefined): void
}

/** Of one host, until the store has them. */
const MAX_HELD_BYTES = 64 * 1024 * 1024

export class Uploads {
  readonly #go: (ask: number) => void
  readonly #uploads = new Map<number, Upload>()
  #heldBytes = 0

  /** @param go - asks for the next part */
  constructor(go: (ask: number) => void) {
    this.#go = go
  }

  /** The value once it is complete; undefined where it will not be. Its room is given back by `release`. */
  receive(ask: number, size: number): Promise<Uint8Array[] | undefined> {
    return new Promise((resolve) => {
      this.#uploads.set(ask, { ask, size, parts: [], received: 0, state: 'waiting', resolve })
      this.#admit()
    })
  }

  add(ask: number, bytes: Uint8Array | undefined): void {
    const upload = this.#uploads.get(ask)
    if (upload?.state !== 'receiving') return
    if (bytes?.byteLength !== Math.min(PART_BYTES, upload.size - upload.received)) {
      this.cancel(ask)
      return
    }
    upload.parts.push(bytes)
    upload.received += bytes.byteLength
    if (upload.parts.length < partCount(upload.size)) {
      this.#go(ask)
      return
    }
    upload.state = 'complete'
    upload.resolve(upload.parts)
  }

  /** One that is complete is the store's. */
  cancel(ask: number): void {
    const upload = this.#uploads.get(ask)
    if (upload === undefined || upload.state === 'complete') return
    upload.resolve(undefined)
    this.release(ask)
  }

  release(ask: number): void {
    const upload = this.#uploads.get(ask)
    if (upload === undefined) return
    this.#uploads.delete(ask)
    if (upload.state !== 'waiting') this.#heldBytes -= upload.size
    this.#admit()
  }

  clear(): void {
    for (const ask of this.#uploads.keys()) this.cancel(ask)
  }

  #admit(): void {
    for (const upload of this.#uploads.values()) {
      if (upload.state !== 'waiting') continue
      if (this.#heldBytes > 0 && this.#heldBytes + upload.size > MAX_HELD_BYTES) return
      this.#heldBytes += upload.size
      upload.state = 'receiving'
      this.#go(upload.ask)
    }
  }
}
