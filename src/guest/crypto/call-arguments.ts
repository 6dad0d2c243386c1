// Arguments of SubtleCrypto's methods, by the kinds that `CRYPTO_METHODS` lists: first all are converted as Web IDL says,
// then algorithms are normalised, then bytes are copied. Getters of a program may run in the first two steps; between the
// third and the call of the host nothing does.
import { CRYPTO_METHODS, type CryptoArgument, type CryptoMethod } from '../../bridge/crypto-call.ts'
import {
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  TypedArrayPrototypeGetByteLength,
  TypeErrorConstructor,
} from '../primordials.ts'
import { type BufferSource, isBufferSource } from '../webidl/buffer-source.ts'
import { requireArguments, toDOMString, toUnsignedLong } from '../webidl/convert.ts'
import { isObject, toSequence } from '../webidl/sequence.ts'
import { ByteCollector, exactBytes, toBufferSource } from './byte-copies.ts'
import { type KeySlots, slotsOf } from './crypto-key.ts'
import { bareList } from '../list.ts'
import { toJsonWebKey } from './json-web-key.ts'
import { type AlgorithmIdentifier, toAlgorithmIdentifier } from './normalize-algorithm.ts'
import { NORMALISATIONS, type Normalisation, normalizeFor } from './normalisations.ts'
import { toPlainJson } from './plain-json.ts'

const FORMATS = ['raw-public', 'raw-private', 'raw-seed', 'raw-secret', 'raw', 'spki', 'pkcs8', 'jwk']
const USAGES = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'deriveKey',
  'deriveBits',
  'wrapKey',
  'unwrapKey',
  'encapsulateKey',
  'encapsulateBits',
  'decapsulateKey',
  'decapsulateBits',
]

/** What goes to the host. */
export interface PackedCall {
  readonly text: string
  readonly data: readonly Uint8Array[]
  readonly parameters: Uint8Array | undefined
  readonly dataBytes: number
}

/** @throws what the specification says of such arguments */
export function packCall(method: CryptoMethod, given: ArrayLike<unknown>): PackedCall {
  const kinds: readonly CryptoArgument[] = CRYPTO_METHODS[method]
  // The length of `deriveBits` is the one argument that may be left out.
  const required = method === 'deriveBits' ? 2 : kinds.length
  requireArguments(given.length, required, `SubtleCrypto.${method}`)
  const values = bareList<unknown>()
  for (let i = 0; i < kinds.length; i++) {
    const value = i < given.length ? given[i] : undefined
    values[i] = convert(kinds[i] as CryptoArgument, value, method)
  }
  const parameters = new ByteCollector()
  normalizeAll(method, kinds, values, parameters)
  if (method === 'importKey') assertFormatFits(values)
  const data = bareList<Uint8Array>()
  const call = bareList<unknown>()
  ArrayPrototypePush(call, method)
  let dataBytes = 0
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] as CryptoArgument
    let value = values[i]
    if (kind === 'data' || (kind === 'keyData' && isBufferSource(value))) {
      const bytes = exactBytes(value as BufferSource)
      dataBytes += TypedArrayPrototypeGetByteLength(bytes)
      ArrayPrototypePush(data, bytes)
      value = null
    }
    ArrayPrototypePush(call, kind === 'key' ? (value as KeySlots).handle : value)
  }
  return { text: toPlainJson(call), data, parameters: parameters.bytes(), dataBytes }
}

function convert(kind: CryptoArgument, value: unknown, method: CryptoMethod): unknown {
  switch (kind) {
    case 'algorithm':
      return toAlgorithmIdentifier(value)
    case 'key':
      return toKey(value, method)
    case 'data':
      return toBufferSource(value, `The data of SubtleCrypto.${method}`)
    case 'keyData':
      return isBufferSource(value) ? toBufferSource(value, 'The key data') : toKeyDictionary(value)
    case 'format':
      return toEnum(value, FORMATS, 'a key format')
    case 'usages':
      return toUsages(value)
    case 'flag':
      return !!value
    case 'length':
      return value === undefined || value === null ? null : toUnsignedLong(value)
  }
}

function normalizeAll(
  method: CryptoMethod,
  kinds: readonly CryptoArgument[],
  values: unknown[],
  parameters: ByteCollector,
): void {
  const normalisations = NORMALISATIONS[method]
  let next = 0
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i] !== 'algorithm') continue
    const normalisation = normalisations[next] as Normalisation
    values[i] = normalizeFor(normalisation, values[i] as AlgorithmIdentifier, parameters)
    next += 1
  }
}

function toKey(value: unknown, method: CryptoMethod): KeySlots {
  const slots = slotsOf(value)
  if (slots === undefined) throw new TypeErrorConstructor(`The key of SubtleCrypto.${method} must be a CryptoKey.`)
  return slots
}

/** `(BufferSource or JsonWebKey)`, of which the former is known. */
function toKeyDictionary(value: unknown): object {
  if (value !== undefined && value !== null && !isObject(value)) {
    throw new TypeErrorConstructor('The key data must be an ArrayBuffer, a view of one, or a JsonWebKey.')
  }
  return toJsonWebKey(value)
}

function assertFormatFits(values: readonly unknown[]): void {
  if ((values[0] === 'jwk') === isBufferSource(values[1])) {
    throw new TypeErrorConstructor('Key data must be a JsonWebKey for the format "jwk", and bytes for all others.')
  }
}

function toEnum(value: unknown, allowed: readonly string[], what: string): string {
  const text = toDOMString(value)
  if (ArrayPrototypeIndexOf(allowed as string[], text) < 0) throw new TypeErrorConstructor(`"${text}" is not ${what}.`)
  return text
}

/** Each once. */
function toUsages(value: unknown): string[] {
  const given = toSequence(value, (usage) => toEnum(usage, USAGES, 'a key usage'), 'keyUsages')
  const usages = bareList<string>()
  for (let i = 0; i < given.length; i++) {
    if (ArrayPrototypeIndexOf(usages, given[i] as string) < 0) ArrayPrototypePush(usages, given[i] as string)
  }
  return usages
}
