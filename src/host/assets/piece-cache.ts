// The pieces of static files that a host has at hand: bounded, the least recently used go first. Kept by tenant and hash:
// what one tenant has here tells no other anything, and what a new version has in common with the old one stays.
import type { PieceAddress, PieceSource } from './asset-body.ts'

const CACHE_BYTES = 64 * 1024 * 1024
/** A larger file would drive out a thousand small ones. */
const KEPT_FILE_BYTES = 4 * 1024 * 1024
/** What an entry takes beside its bytes. */
const ENTRY_BYTES = 256

export class PieceCache implements PieceSource {
  readonly #fetch: (address: PieceAddress) => Promise<Uint8Array>
  /** In the order of their use. */
  readonly #kept = new Map<string, Uint8Array>()
  readonly #awaited = new Map<string, Promise<Uint8Array>>()
  #keptBytes = 0

  constructor(fetch: (address: PieceAddress) => Promise<Uint8Array>) {
    this.#fetch = fetch
  }

  read(address: PieceAddress): Uint8Array | Promise<Uint8Array> {
    const key = `${address.tenant}/${address.hash}/${address.index}`
    const kept = this.#kept.get(key)
    if (kept === undefined) return this.#await(key, address)
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept
  }

  /** Once for all who want it now; another version is another question, which may have another answer. */
  #await(key: string, address: PieceAddress): Promise<Uint8Array> {
    const question = `${key}@${address.number}`
    const awaited = this.#awaited.get(question)
    if (awaited !== undefined) return awaited
    const asked = this.#fetch(address)
      .then((piece) => {
        if (address.fileBytes <= KEPT_FILE_BYTES) this.#keep(key, piece)
        return piece
      })
      .finally(() => this.#awaited.delete(question))
    this.#awaited.set(question, asked)
    return asked
  }

  #keep(key: string, piece: Uint8Array): void {
    if (this.#kept.has(key)) return
    this.#kept.set(key, piece)
    this.#keptBytes += piece.byteLength + ENTRY_BYTES
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#keptBytes <= CACHE_BYTES) return
      this.#kept.delete(oldest)
      this.#keptBytes -= byteLength + ENTRY_BYTES
    }
  }
}
