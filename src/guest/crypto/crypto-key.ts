// https://w3c.github.io/webcrypto/#cryptokey-interface
// The key itself is the host's; what is here can be looked at, and leads to it by a number that no tenant can read or set.
import type { KeyDescription } from '../../bridge/crypto-call.ts'
import { addBrand } from '../brand.ts'
import { setCloneCryptoKey } from '../clone/clone-platform.ts'
import { showAttributes } from '../console/platform-details.ts'
import { copyList } from '../list.ts'
import {
  JSONParse,
  ObjectPrototypeHasOwnProperty,
  ReflectDeleteProperty,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'

/** What a key and its clones share; while one of them is reachable, the host keeps the key. */
export interface KeySlots {
  readonly handle: number
  readonly type: string
  readonly extractable: boolean
  readonly usages: readonly string[]
  readonly algorithm: string
  readonly bytes: number
}

/** No tenant can hold this value, so no tenant can make a CryptoKey. */
const CREATE = { __proto__: null }

export class CryptoKey {
  readonly #slots: KeySlots
  #algorithm: object | undefined
  #usages: string[] | undefined

  constructor(token?: unknown, slots?: KeySlots) {
    if (token !== CREATE || slots === undefined) illegalConstructor()
    this.#slots = slots
  }

  get type(): string {
    return this.#slots.type
  }

  get extractable(): boolean {
    return this.#slots.extractable
  }

  /** The same object each time. What a program does to it changes nothing of the key. */
  get algorithm(): object {
    return (this.#algorithm ??= parseAlgorithm(this.#slots.algorithm))
  }

  get usages(): string[] {
    return (this.#usages ??= copyList(this.#slots.usages))
  }

  static slotsOf(value: unknown): KeySlots | undefined {
    return typeof value === 'object' && value !== null && #slots in value ? value.#slots : undefined
  }
}

/** Undefined for what is no CryptoKey. */
export const { slotsOf } = CryptoKey
ReflectDeleteProperty(CryptoKey, 'slotsOf')
defineInterface(CryptoKey, 'CryptoKey', { constructor: 0 })

export function makeKey(slots: KeySlots): CryptoKey {
  return new CryptoKey(CREATE, slots)
}

export function readDescription(description: KeyDescription): KeySlots {
  return {
    handle: description[0],
    type: description[1],
    extractable: description[2],
    usages: description[3],
    algorithm: description[4],
    bytes: description[5],
  }
}

function parseAlgorithm(text: string): object {
  const algorithm = JSONParse(text) as { publicExponent?: unknown }
  if (ObjectPrototypeHasOwnProperty(algorithm, 'publicExponent')) {
    const digits = algorithm.publicExponent as number[]
    const exponent = new Uint8ArrayConstructor(digits.length)
    for (let i = 0; i < digits.length; i++) exponent[i] = digits[i] as number
    algorithm.publicExponent = exponent
  }
  return algorithm
}

addBrand(CryptoKey.prototype, 'CryptoKey', (value) => {
  if (slotsOf(value) === undefined) illegalConstructor()
})
setCloneCryptoKey((value) => makeKey(slotsOf(value) as KeySlots))
showAttributes(CryptoKey, ['type', 'extractable', 'algorithm', 'usages'])
