// The keys of an instance's worker. They stay here, under numbers that mean something in this instance only, until the
// guest says that nothing reaches them any more, or the instance ends.
import { MAX_KEY_BYTES, MAX_KEYS } from '../bridge/crypto-call.ts'
import type { CryptoKey } from '../ops/crypto/read-call.ts'

interface SizedKey {
  readonly key: CryptoKey
  readonly bytes: number
}

export class KeyTable {
  readonly #keys = new Map<number, SizedKey>()
  #lastHandle = 0
  #bytes = 0

  get size(): number {
    return this.#keys.size
  }

  /** Memory that the keys take, about. */
  get bytes(): number {
    return this.#bytes
  }

  get(handle: number): CryptoKey | undefined {
    return this.#keys.get(handle)?.key
  }

  /** Their handles; undefined, and nothing is kept, where there is no room for all of them. */
  add(keys: readonly SizedKey[]): number[] | undefined {
    const bytes = keys.reduce((sum, key) => sum + key.bytes, 0)
    if (this.#keys.size + keys.length > MAX_KEYS || this.#bytes + bytes > MAX_KEY_BYTES) return undefined
    this.#bytes += bytes
    return keys.map((key) => {
      this.#lastHandle += 1
      this.#keys.set(this.#lastHandle, key)
      return this.#lastHandle
    })
  }

  release(handle: number): void {
    const held = this.#keys.get(handle)
    if (held === undefined) return
    this.#keys.delete(handle)
    this.#bytes -= held.bytes
  }

  clear(): void {
    this.#keys.clear()
    this.#bytes = 0
  }
}
