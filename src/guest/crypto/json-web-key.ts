// https://w3c.github.io/webcrypto/#JsonWebKey-dictionary
import { toDictionary, toDOMString } from '../webidl/convert.ts'
import { toSequence } from '../webidl/sequence.ts'

type Attributes = Readonly<Record<string, unknown>>

/** In the order in which Web IDL reads them. */
const MEMBERS = [
  'alg',
  'crv',
  'd',
  'dp',
  'dq',
  'e',
  'ext',
  'k',
  'key_ops',
  'kty',
  'n',
  'oth',
  'p',
  'priv',
  'pub',
  'q',
  'qi',
  'use',
  'x',
  'y',
] as const
const OTHER_PRIME_MEMBERS = ['d', 'r', 't'] as const

/** A copy of what such a key may have, without a prototype. */
export function toJsonWebKey(value: unknown): object {
  const given = toDictionary(value as object | null | undefined, 'A JsonWebKey') as Attributes
  return copyMembers(given, MEMBERS, convertMember)
}

function convertMember(value: unknown, name: string): unknown {
  switch (name) {
    case 'ext':
      return !!value
    case 'key_ops':
      return toSequence(value, toDOMString, 'key_ops of a JsonWebKey')
    case 'oth':
      return toSequence(value, toOtherPrime, 'oth of a JsonWebKey')
    default:
      return toDOMString(value)
  }
}

function toOtherPrime(value: unknown): object {
  const given = toDictionary(value as object | null | undefined, 'An item of oth') as Attributes
  return copyMembers(given, OTHER_PRIME_MEMBERS, toDOMString)
}

function copyMembers(
  given: Attributes,
  names: readonly string[],
  convert: (value: unknown, name: string) => unknown,
): object {
  const copy = { __proto__: null } as unknown as Record<string, unknown>
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    const value = given[name]
    if (value !== undefined) copy[name] = convert(value, name)
  }
  return copy
}
