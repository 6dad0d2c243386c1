// https://w3c.github.io/webcrypto/#algorithm-normalization-normalize-an-algorithm
import type { EncodedAlgorithm, EncodedMember } from '../../bridge/crypto-call.ts'
import { DOMException } from '../dom/dom-exception.ts'
import { bareList } from '../list.ts'
import {
  MathTrunc,
  NumberIsFinite,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypeErrorConstructor,
} from '../primordials.ts'
import type { BufferSource } from '../webidl/buffer-source.ts'
import { toDOMString } from '../webidl/convert.ts'
import { isObject } from '../webidl/sequence.ts'
import { type Dictionary, findAlgorithm, type MemberType, type Operation } from './algorithm-table.ts'
import { type ByteCollector, toBufferSource } from './byte-copies.ts'
import { slotsOf } from './crypto-key.ts'

/** `(object or DOMString)`, where a text is an object with that name. */
export type AlgorithmIdentifier = object

type Attributes = Readonly<Record<string, unknown>>

export function toAlgorithmIdentifier(value: unknown): AlgorithmIdentifier {
  return isObject(value) ? value : { __proto__: null, name: toDOMString(value) }
}

/**
 * @param bytes - takes copies of the buffers among its members
 * @throws DOMException NotSupportedError, TypeError, and whatever its getters throw
 */
export function normalizeAlgorithm(
  algorithm: AlgorithmIdentifier,
  operation: Operation,
  bytes: ByteCollector,
): EncodedAlgorithm {
  const given: unknown = (algorithm as Attributes)['name']
  if (given === undefined) throw new TypeErrorConstructor('The algorithm needs a name.')
  const registered = findAlgorithm(toDOMString(given), operation)
  if (registered === undefined) {
    throw new DOMException(`There is no algorithm of that name for ${operation}.`, 'NotSupportedError')
  }
  const { name, dictionary } = registered
  return { name, members: encodeMembers(convertMembers(algorithm as Attributes, dictionary), dictionary, bytes) }
}

/** The members as Web IDL converts them, in the dictionary's order; nothing is copied yet. */
function convertMembers(algorithm: Attributes, dictionary: Dictionary): unknown[] {
  const values = bareList<unknown>()
  for (let i = 0; i < dictionary.length; i++) {
    const { name, type, required, formerly } = dictionary[i] as Dictionary[number]
    const given = algorithm[name]
    const value = given === undefined && formerly !== undefined ? algorithm[formerly] : given
    if (value !== undefined) values[i] = convertMember(value, type, `"${name}" of the algorithm`)
    else if (required) throw new TypeErrorConstructor(`The algorithm needs "${name}".`)
    else values[i] = undefined
  }
  return values
}

function convertMember(value: unknown, type: MemberType, what: string): unknown {
  switch (type) {
    case 'bytes':
      return toBufferSource(value, what)
    case 'bigInteger':
      if (TypedArrayPrototypeGetSymbolToStringTag(value) === 'Uint8Array') return toBufferSource(value, what)
      throw new TypeErrorConstructor(`${what} must be a Uint8Array.`)
    case 'hash':
      return toAlgorithmIdentifier(value)
    case 'key':
      if (slotsOf(value) !== undefined) return value
      throw new TypeErrorConstructor(`${what} must be a CryptoKey.`)
    case 'octet':
      return toEnforced(value, 0xff, what)
    case 'unsignedShort':
      return toEnforced(value, 0xffff, what)
    case 'unsignedLong':
      return toEnforced(value, 0xffff_ffff, what)
    case 'text':
      return toDOMString(value)
  }
}

function encodeMembers(
  values: readonly unknown[],
  dictionary: Dictionary,
  bytes: ByteCollector,
): Record<string, EncodedMember> {
  const members = { __proto__: null } as unknown as Record<string, EncodedMember>
  for (let i = 0; i < dictionary.length; i++) {
    const { name, type } = dictionary[i] as Dictionary[number]
    const value = values[i]
    if (value !== undefined) members[name] = encodeMember(value, type, bytes)
  }
  return members
}

function encodeMember(value: unknown, type: MemberType, bytes: ByteCollector): EncodedMember {
  switch (type) {
    case 'bytes':
    case 'bigInteger':
      return { bytes: bytes.add(value as BufferSource) }
    case 'hash':
      return { algorithm: normalizeAlgorithm(value as AlgorithmIdentifier, 'digest', bytes) }
    case 'key':
      return { key: slotsOf(value)?.handle as number }
    default:
      return value as number | string
  }
}

/** `[EnforceRange]` of an unsigned integer type. */
function toEnforced(value: unknown, max: number, what: string): number {
  const number = +(value as number)
  const integer = MathTrunc(number)
  if (!NumberIsFinite(number) || integer < 0 || integer > max) {
    throw new TypeErrorConstructor(`${what} must be an integer from 0 to ${max}.`)
  }
  return integer + 0
}
