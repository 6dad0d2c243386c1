// The arguments of KV calls: read once, converted, and refused with the limit and what was given.
import { KV_LIMITS } from '../../bridge/kv-limits.ts'
import { utf8Encode } from '../encoding/utf8.ts'
import {
  ArrayPrototypePush,
  encodeURIComponentText,
  ErrorConstructor,
  JSONStringify,
  MathTrunc,
  NumberIsFinite,
  RangeErrorConstructor,
  StringPrototypeToWellFormed,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetLength,
  TypeErrorConstructor,
} from '../primordials.ts'
import { isReadableStream } from '../streams/lazy.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { toDictionary } from '../webidl/convert.ts'

export type ValueType = 'text' | 'json' | 'arrayBuffer' | 'stream'

interface GetOptions {
  readonly type?: unknown
}

interface PutOptions {
  readonly expiration?: unknown
  readonly expirationTtl?: unknown
  readonly metadata?: unknown
}

interface ListOptions {
  readonly prefix?: unknown
  readonly limit?: unknown
  readonly cursor?: unknown
}

export function toKey(value: unknown): string {
  const key = StringPrototypeToWellFormed(typeof value === 'string' ? value : `${value as string}`)
  if (key === '') throw new TypeErrorConstructor('A KV key must not be empty.')
  if (key === '.' || key === '..') throw new TypeErrorConstructor(`A KV key must not be "${key}".`)
  const { keyBytes } = KV_LIMITS
  const bytes = byteLength(key)
  if (bytes > keyBytes) {
    throw new RangeErrorConstructor(`A KV key may have ${keyBytes} bytes of UTF-8; this one has ${bytes}.`)
  }
  return key
}

export function toKeys(
  values: readonly unknown[],
  { most, type }: { readonly most: number; readonly type: ValueType },
): readonly string[] {
  const { length } = values
  if (length === 0 || length > most) {
    throw new RangeErrorConstructor(`A KV call may ask for 1 to ${most} keys at once; got ${length}.`)
  }
  if (type !== 'text' && type !== 'json') {
    throw new TypeErrorConstructor(`A KV call for several keys gives "text" or "json"; got "${type}".`)
  }
  const keys: string[] = []
  for (let i = 0; i < length; i++) ArrayPrototypePush(keys, toKey(values[i]))
  return keys
}

/** What `get` was given as its second argument: the type, or options with it. */
export function toType(options: unknown): ValueType {
  const given =
    typeof options === 'string'
      ? options
      : toDictionary(options as GetOptions | null | undefined, 'The options of a KV call').type
  const type = given === undefined || given === null ? 'text' : `${given as string}`
  if (type === 'text' || type === 'json' || type === 'arrayBuffer' || type === 'stream') return type
  throw new TypeErrorConstructor(`The type of a KV value is "text", "json", "arrayBuffer" or "stream"; got "${type}".`)
}

export function toStoredValue(value: unknown): unknown {
  const { valueBytes } = KV_LIMITS
  // At least a byte each; what they are exactly, the host counts.
  const bytes = typeof value === 'string' ? value.length : isBufferSource(value) ? lengthOf(value) : undefined
  if (bytes === undefined && !isReadableStream(value)) {
    throw new TypeErrorConstructor('A KV value is a string, an ArrayBuffer, a view of one, or a ReadableStream.')
  }
  if (bytes !== undefined && bytes > valueBytes) {
    const message = `A KV value may have ${valueBytes} bytes (${valueBytes / 1024 / 1024} MiB); this one has ${bytes}.`
    throw new RangeErrorConstructor(message)
  }
  return value
}

export function toPutHeaders({ expiration, expirationTtl, metadata }: PutOptions): Record<string, string> {
  const headers = { __proto__: null } as unknown as Record<string, string>
  const { metadataBytes, minTtlS } = KV_LIMITS
  if (expirationTtl !== undefined && expirationTtl !== null) {
    const ttl = toInteger(expirationTtl)
    if (!(ttl >= minTtlS)) {
      throw new RangeErrorConstructor(`expirationTtl is at least ${minTtlS} whole seconds; got ${show(expirationTtl)}.`)
    }
    headers['kv-ttl'] = `${ttl}`
  } else if (expiration !== undefined && expiration !== null) {
    const seconds = toInteger(expiration)
    if (!(seconds > 0)) {
      throw new RangeErrorConstructor(`expiration is a time in whole seconds since 1970; got ${show(expiration)}.`)
    }
    headers['kv-expiration'] = `${seconds}`
  }
  if (metadata !== undefined && metadata !== null) {
    const text = JSONStringify(metadata) as string | undefined
    if (text === undefined) throw new TypeErrorConstructor('KV metadata must be something that JSON can hold.')
    const bytes = byteLength(text)
    if (bytes > metadataBytes) {
      throw new RangeErrorConstructor(`KV metadata may have ${metadataBytes} bytes as JSON; this has ${bytes}.`)
    }
    headers['kv-metadata'] = encodeURIComponentText(StringPrototypeToWellFormed(text))
  }
  return headers
}

export function toListQuery({ cursor, limit, prefix }: ListOptions): string {
  const { listKeys } = KV_LIMITS
  let query = `limit=${listKeys}`
  if (limit !== undefined && limit !== null) {
    const count = toInteger(limit)
    if (!(count >= 1 && count <= listKeys)) {
      throw new RangeErrorConstructor(`The limit of a KV list is from 1 to ${listKeys}; got ${show(limit)}.`)
    }
    query = `limit=${count}`
  }
  if (prefix !== undefined && prefix !== null) query += `&prefix=${encodeText(prefix)}`
  if (cursor !== undefined && cursor !== null && cursor !== '') query += `&cursor=${encodeText(cursor)}`
  return query
}

/** NaN for what is no whole number. */
function toInteger(value: unknown): number {
  const number = +(value as number)
  return NumberIsFinite(number) && MathTrunc(number) === number ? number : NaN
}

function show(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function') return 'an object'
  return typeof value === 'symbol' ? 'a symbol' : `${value as string}`
}

function encodeText(value: unknown): string {
  const text = StringPrototypeToWellFormed(typeof value === 'string' ? value : `${value as string}`)
  if (text.length > KV_LIMITS.keyBytes * 2) throw new ErrorConstructor('The prefix or cursor of a KV list is too long.')
  return encodeURIComponentText(text)
}

function byteLength(text: string): number {
  // A byte each at least: what is far too long need not be encoded.
  return text.length > 64 * 1024 ? text.length : TypedArrayPrototypeGetLength(utf8Encode(text))
}

function lengthOf(value: Parameters<typeof bytesOf>[0]): number {
  return TypedArrayPrototypeGetByteLength(bytesOf(value))
}
