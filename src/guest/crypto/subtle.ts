// https://w3c.github.io/webcrypto/#subtlecrypto-interface
// Arguments are converted here, and the host does the rest. Few programs need any of it: import this module through the
// accessor in `random.ts` only.
import type { CryptoMethod, KeyDescription } from '../../bridge/crypto-call.ts'
import type { Crossing } from '../../bridge/entries.ts'
import { OP } from '../../bridge/ops.ts'
import {
  JSONParse,
  PromiseConstructor,
  PromiseReject,
  ReflectDeleteProperty,
  TypeErrorConstructor,
} from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import {
  addPending,
  assertStarted,
  endedError,
  errorFromText,
  nextOpId,
  removePending,
} from '../runtime/pending-ops.ts'
import { currentTask } from '../runtime/task-scope.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'
import { packCall } from './call-arguments.ts'
import { type CryptoKey, makeKey, readDescription } from './crypto-key.ts'
import { expectKeys, expectNoMore, holdKey } from './held-keys.ts'
import { supports } from './supports.ts'
import { timingSafeEqual } from './timing-safe-equal.ts'

export { CryptoKey } from './crypto-key.ts'
export { timingSafeEqual } from './timing-safe-equal.ts'

type Arguments = ArrayLike<unknown>

/** No tenant can hold this value, so no tenant can make a SubtleCrypto. */
const CREATE = { __proto__: null }

/** How many keys a method makes, at most. */
const KEYS_MADE = {
  __proto__: null,
  generateKey: 2,
  deriveKey: 1,
  importKey: 1,
  unwrapKey: 1,
  getPublicKey: 1,
  encapsulateKey: 1,
  decapsulateKey: 1,
} as unknown as Readonly<Partial<Record<CryptoMethod, number>>>

export class SubtleCrypto {
  readonly #brand = true

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
  }

  encrypt(_algorithm: unknown, _key: unknown, _data: unknown): Promise<unknown> {
    return call(this, 'encrypt', arguments)
  }

  decrypt(_algorithm: unknown, _key: unknown, _data: unknown): Promise<unknown> {
    return call(this, 'decrypt', arguments)
  }

  sign(_algorithm: unknown, _key: unknown, _data: unknown): Promise<unknown> {
    return call(this, 'sign', arguments)
  }

  verify(_algorithm: unknown, _key: unknown, _signature: unknown, _data: unknown): Promise<unknown> {
    return call(this, 'verify', arguments)
  }

  digest(_algorithm: unknown, _data: unknown): Promise<unknown> {
    return call(this, 'digest', arguments)
  }

  generateKey(_algorithm: unknown, _extractable: unknown, _keyUsages: unknown): Promise<unknown> {
    return call(this, 'generateKey', arguments)
  }

  deriveKey(
    _algorithm: unknown,
    _baseKey: unknown,
    _derivedKeyType: unknown,
    _extractable: unknown,
    _keyUsages: unknown,
  ): Promise<unknown> {
    return call(this, 'deriveKey', arguments)
  }

  deriveBits(_algorithm: unknown, _baseKey: unknown, _length?: unknown): Promise<unknown> {
    return call(this, 'deriveBits', arguments)
  }

  importKey(
    _format: unknown,
    _keyData: unknown,
    _algorithm: unknown,
    _extractable: unknown,
    _keyUsages: unknown,
  ): Promise<unknown> {
    return call(this, 'importKey', arguments)
  }

  exportKey(_format: unknown, _key: unknown): Promise<unknown> {
    return call(this, 'exportKey', arguments)
  }

  wrapKey(_format: unknown, _key: unknown, _wrappingKey: unknown, _wrapAlgorithm: unknown): Promise<unknown> {
    return call(this, 'wrapKey', arguments)
  }

  unwrapKey(
    _format: unknown,
    _wrappedKey: unknown,
    _unwrappingKey: unknown,
    _unwrapAlgorithm: unknown,
    _unwrappedKeyAlgorithm: unknown,
    _extractable: unknown,
    _keyUsages: unknown,
  ): Promise<unknown> {
    return call(this, 'unwrapKey', arguments)
  }

  getPublicKey(_key: unknown, _keyUsages: unknown): Promise<unknown> {
    return call(this, 'getPublicKey', arguments)
  }

  encapsulateKey(
    _algorithm: unknown,
    _key: unknown,
    _sharedKeyAlgorithm: unknown,
    _extractable: unknown,
    _keyUsages: unknown,
  ): Promise<unknown> {
    return call(this, 'encapsulateKey', arguments)
  }

  encapsulateBits(_algorithm: unknown, _key: unknown): Promise<unknown> {
    return call(this, 'encapsulateBits', arguments)
  }

  decapsulateKey(
    _algorithm: unknown,
    _key: unknown,
    _ciphertext: unknown,
    _sharedKeyAlgorithm: unknown,
    _extractable: unknown,
    _keyUsages: unknown,
  ): Promise<unknown> {
    return call(this, 'decapsulateKey', arguments)
  }

  decapsulateBits(_algorithm: unknown, _key: unknown, _ciphertext: unknown): Promise<unknown> {
    return call(this, 'decapsulateBits', arguments)
  }

  /** Not of the specification; Cloudflare's workers have it. */
  timingSafeEqual(_a: unknown, _b: unknown): boolean {
    void this.#brand
    return timingSafeEqual(arguments)
  }

  static supports(_operation: unknown, _algorithm: unknown, _lengthOrAlgorithm?: unknown): boolean {
    return supports(arguments)
  }

  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #brand in value
  }
}

const { is: isSubtleCrypto } = SubtleCrypto
ReflectDeleteProperty(SubtleCrypto, 'is')
defineInterface(SubtleCrypto, 'SubtleCrypto', { constructor: 0, deriveBits: 2, supports: 2 })

export const subtle: SubtleCrypto = new SubtleCrypto(CREATE)

/** A method that returns a promise throws nothing: it returns one that is rejected. */
function call(self: unknown, method: CryptoMethod, given: Arguments): Promise<unknown> {
  try {
    if (!isSubtleCrypto(self))
      throw new TypeErrorConstructor(`${method} was called on an object that is no SubtleCrypto.`)
    return start(method, given)
  } catch (error) {
    return PromiseReject(error)
  }
}

function start(method: CryptoMethod, given: Arguments): Promise<unknown> {
  const { text, data, parameters, dataBytes } = packCall(method, given)
  const task = currentTask
  if (task?.ended === true) throw endedError(task)
  const keys = KEYS_MADE[method] ?? 0
  if (keys > 0) expectKeys(keys, dataBytes)
  const id = nextOpId()
  return new PromiseConstructor<unknown>((resolve, reject) => {
    try {
      assertStarted(hostCall(OP.crypto, id, text, data[0], data[1], parameters))
    } catch (error) {
      expectNoMore(keys)
      throw error
    }
    addPending({
      id,
      task,
      settle(ok, first, second) {
        expectNoMore(keys)
        if (ok) resolve(unpack(method, first, second))
        else reject(errorFromText(first as string))
      },
      abandon() {
        expectNoMore(keys)
        removePending(this)
        reject(endedError(task))
      },
    })
  })
}

function unpack(method: CryptoMethod, first: Crossing, second: Crossing): unknown {
  if (typeof first === 'number') return first === 1
  if (typeof first !== 'string') return method === 'encapsulateBits' ? { sharedKey: first, ciphertext: second } : first
  if (method === 'exportKey') return JSONParse(first)
  const descriptions = JSONParse(first) as KeyDescription[]
  const key = takeKey(descriptions[0] as KeyDescription)
  if (descriptions.length === 2) return { publicKey: key, privateKey: takeKey(descriptions[1] as KeyDescription) }
  return method === 'encapsulateKey' ? { sharedKey: key, ciphertext: second } : key
}

function takeKey(description: KeyDescription): CryptoKey {
  const slots = readDescription(description)
  holdKey(slots)
  return makeKey(slots)
}
