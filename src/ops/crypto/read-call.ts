// A call of SubtleCrypto as the guest sent it, checked, and with keys and bytes in their places. What this gives is passed to
// Node's own SubtleCrypto, which checks it as strictly as if a program had called it.
import type { webcrypto } from 'node:crypto'
import type { Crossing } from '../../bridge/entries.ts'
import { CRYPTO_METHODS, type CryptoArgument, type CryptoMethod, MAX_CALL_LENGTH } from '../../bridge/crypto-call.ts'

export type CryptoKey = webcrypto.CryptoKey

/** A normalised algorithm: its members are numbers, texts, bytes, keys and algorithms. */
export interface Algorithm {
  readonly name: string
  readonly [member: string]: unknown
}

export interface CryptoCall {
  readonly method: CryptoMethod
  readonly args: readonly unknown[]
  readonly algorithms: readonly Algorithm[]
  readonly keys: readonly CryptoKey[]
  /** Bytes the call brought along. */
  readonly bytes: number
}

export interface SentCall {
  readonly text: Crossing
  readonly data: readonly Crossing[]
  readonly parameters: Crossing
}

export type KeyOf = (handle: number) => CryptoKey | undefined

const EMPTY = new Uint8Array(0)
/** Algorithms of hashes in algorithms are all there is. */
const MAX_NESTING = 2

/** What the guest sent is no call that our guest sends. */
class MalformedCall extends Error {}

/** @throws for what our guest does not send */
export function readCall({ text, data, parameters }: SentCall, keyOf: KeyOf): CryptoCall {
  const [method, ...values] = parse(text)
  if (typeof method !== 'string' || !Object.hasOwn(CRYPTO_METHODS, method)) throw new MalformedCall()
  const reader = new Reader({ data, parameters, keyOf })
  const kinds: readonly CryptoArgument[] = CRYPTO_METHODS[method as CryptoMethod]
  const args = kinds.map((kind, index) => reader.argument(kind, values[index]))
  const { algorithms, keys, bytes } = reader
  return { method: method as CryptoMethod, args, algorithms, keys, bytes }
}

/**
 * A question whether a call is supported: of its arguments only the algorithms, or one and a length.
 *
 * @throws for what our guest does not send
 */
export function readSupports(text: Crossing, parameters: Crossing, keyOf: KeyOf): CryptoCall {
  const [method, algorithm, additional] = parse(text)
  if (typeof method !== 'string' || !Object.hasOwn(CRYPTO_METHODS, method)) throw new MalformedCall()
  const reader = new Reader({ data: [], parameters, keyOf })
  const first = reader.argument('algorithm', algorithm)
  const isLength = additional === null || typeof additional === 'number'
  const second = isLength ? additional : reader.argument('algorithm', additional)
  const { algorithms, bytes } = reader
  return { method: method as CryptoMethod, args: [first, second], algorithms, keys: [], bytes }
}

function parse(text: Crossing): unknown[] {
  if (typeof text !== 'string' || text.length > MAX_CALL_LENGTH) throw new MalformedCall()
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Said below.
  }
  throw new MalformedCall()
}

class Reader {
  readonly algorithms: Algorithm[] = []
  readonly keys: CryptoKey[] = []
  bytes: number
  readonly #data: Crossing[]
  readonly #parameters: Uint8Array
  readonly #keyOf: KeyOf

  constructor({ data, parameters, keyOf }: { data: readonly Crossing[]; parameters: Crossing; keyOf: KeyOf }) {
    this.#data = [...data]
    this.#parameters = parameters instanceof Uint8Array ? parameters : EMPTY
    this.#keyOf = keyOf
    this.bytes = this.#parameters.length
  }

  argument(kind: CryptoArgument, value: unknown): unknown {
    switch (kind) {
      case 'algorithm': {
        const algorithm = this.algorithm(value, 0)
        this.algorithms.push(algorithm)
        return algorithm
      }
      case 'key':
        return this.#key(value)
      case 'data':
        return this.#nextData()
      case 'keyData':
        return value === null ? this.#nextData() : expectObject(value)
      case 'format':
        return expect(value, typeof value === 'string')
      case 'usages':
        return expect(value, Array.isArray(value) && value.every((usage) => typeof usage === 'string'))
      case 'flag':
        return value === true
      case 'length':
        return expect(value, value === null || typeof value === 'number')
    }
  }

  algorithm(value: unknown, depth: number): Algorithm {
    const { name, members } = expectObject(value)
    if (typeof name !== 'string' || depth >= MAX_NESTING) throw new MalformedCall()
    // Without a prototype, so that no name means more than it says.
    const algorithm: { name: string; [member: string]: unknown } = Object.assign(Object.create(null), { name })
    for (const [member, content] of Object.entries(expectObject(members))) {
      algorithm[member] = typeof content === 'object' ? this.#member(expectObject(content), depth) : content
    }
    // Node 24.12 knows it by the name it had in a draft.
    if ('outputLength' in algorithm) algorithm['length'] = algorithm['outputLength']
    return algorithm
  }

  #member({ bytes, key, algorithm }: Record<string, unknown>, depth: number): unknown {
    if (Array.isArray(bytes)) return this.#parameters.slice(Number(bytes[0]), Number(bytes[1]))
    return key === undefined ? this.algorithm(algorithm, depth + 1) : this.#key(key)
  }

  #key(handle: unknown): CryptoKey {
    const key = typeof handle === 'number' ? this.#keyOf(handle) : undefined
    if (key === undefined) throw new MalformedCall()
    this.keys.push(key)
    return key
  }

  #nextData(): Uint8Array {
    const data = this.#data.shift()
    if (!(data instanceof Uint8Array)) throw new MalformedCall()
    this.bytes += data.length
    return data
  }
}

function expectObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new MalformedCall()
  return value as Record<string, unknown>
}

function expect(value: unknown, holds: boolean): unknown {
  if (!holds) throw new MalformedCall()
  return value
}
