// https://w3c.github.io/webcrypto/#Crypto-interface
// The random half is here; SubtleCrypto and what belongs to it is loaded when it is first asked for.
import { DOMException, QuotaExceededError } from '../dom/dom-exception.ts'
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import {
  ArrayBufferIsView,
  ErrorConstructor,
  MathMin,
  NumberPrototypeToString,
  StringPrototypePadStart,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { bytesOf } from '../webidl/buffer-source.ts'
import { requireArguments } from '../webidl/convert.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'
// A type is no import once the types are gone.
import type * as subtleModule from './subtle.ts'

type Subtle = typeof subtleModule

const MAX_BYTES = 65536

const INTEGER_ARRAYS = {
  __proto__: null,
  Int8Array: true,
  Uint8Array: true,
  Uint8ClampedArray: true,
  Int16Array: true,
  Uint16Array: true,
  Int32Array: true,
  Uint32Array: true,
  BigInt64Array: true,
  BigUint64Array: true,
} as unknown as Readonly<Record<string, true | undefined>>

/** Random bytes of the host, a block at a time. Bytes that were handed out are kept nowhere. */
class EntropyPool {
  readonly #takeBlock: () => Uint8Array
  #block = new Uint8ArrayConstructor(0)
  #size = 0
  #used = 0

  constructor(takeBlock: () => Uint8Array) {
    this.#takeBlock = takeBlock
  }

  give(target: Uint8Array): void {
    const length = TypedArrayPrototypeGetLength(target)
    let filled = 0
    while (filled < length) {
      if (this.#used === this.#size) this.#refill()
      const block = this.#block
      const count = MathMin(length - filled, this.#size - this.#used)
      const end = this.#used + count
      for (let i = this.#used; i < end; i++) {
        target[filled] = block[i] as number
        block[i] = 0
        filled += 1
      }
      this.#used = end
    }
  }

  #refill(): void {
    this.#block = this.#takeBlock() as Uint8Array<ArrayBuffer>
    this.#size = TypedArrayPrototypeGetLength(this.#block)
    this.#used = 0
    // `give` would wait for ever.
    if (this.#size === 0) throw new ErrorConstructor('the host gave no entropy')
  }
}

export const subtleCrypto: () => Subtle = lazy(() => loadPart('crypto/subtle.ts') as Subtle)

/** No tenant can hold this value, so no tenant can make a Crypto. */
const CREATE = { __proto__: null }

export class Crypto {
  readonly #pool: EntropyPool

  constructor(token?: unknown, pool?: EntropyPool) {
    if (token !== CREATE || pool === undefined) illegalConstructor()
    this.#pool = pool
  }

  get subtle(): subtleModule.SubtleCrypto {
    void this.#pool
    return subtleCrypto().subtle
  }

  getRandomValues<T>(array: T): T {
    const pool = this.#pool
    requireArguments(arguments.length, 1, 'Crypto.getRandomValues')
    if (!ArrayBufferIsView(array)) throw new TypeErrorConstructor('Crypto.getRandomValues needs a typed array.')
    const kind = TypedArrayPrototypeGetSymbolToStringTag(array)
    if (kind === undefined || INTEGER_ARRAYS[kind] === undefined) {
      throw new DOMException('Only arrays of integers can be filled with random values.', 'TypeMismatchError')
    }
    const length = TypedArrayPrototypeGetByteLength(array)
    if (length > MAX_BYTES) {
      throw new QuotaExceededError(`${length} bytes are more than the ${MAX_BYTES} that one call gives.`)
    }
    pool.give(bytesOf(array))
    return array
  }

  randomUUID(): string {
    this.#pool.give(uuid)
    uuid[6] = ((uuid[6] as number) & 0x0f) | 0x40
    uuid[8] = ((uuid[8] as number) & 0x3f) | 0x80
    const hex = hexBytes()
    let text = ''
    for (let i = 0; i < 16; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
      text += hex[uuid[i] as number] as string
    }
    return text
  }

  /** Not of the specification; Node's has it, and `subtle` has it as Cloudflare's workers do. */
  timingSafeEqual(_a: unknown, _b: unknown): boolean {
    void this.#pool
    return subtleCrypto().timingSafeEqual(arguments)
  }
}

defineInterface(Crypto, 'Crypto', { constructor: 0 })

/** @param takeBlock - gives fresh random bytes, as many as one call to the host is worth */
export function createCrypto(takeBlock: () => Uint8Array): Crypto {
  return new Crypto(CREATE, new EntropyPool(takeBlock))
}

const uuid = new Uint8ArrayConstructor(16)
const hexBytes = lazy(() => {
  const texts: string[] = []
  for (let i = 0; i < 256; i++) texts[i] = StringPrototypePadStart(NumberPrototypeToString(i, 16), 2, '0')
  return texts
})
