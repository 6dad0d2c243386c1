// Are these the arguments of a KV call? Checked wherever they come from somebody who need not be honest: a guest, a host,
// an operator's script.
import { KV_LIMITS } from '../../bridge/kv-limits.ts'
import { IsopodError } from '../../errors.ts'
import type { KvFacts } from './kv-store.ts'

/** @throws IsopodError `INVALID_OPTION` */
export function assertKey(key: unknown): asserts key is string {
  if (typeof key !== 'string' || key === '') throw invalid('A KV key is a string that is not empty.')
  if (key === '.' || key === '..') throw invalid(`A KV key must not be "${key}".`)
  const { keyBytes } = KV_LIMITS
  const bytes = Buffer.byteLength(key)
  if (bytes > keyBytes) throw invalid(`A KV key may have ${keyBytes} bytes of UTF-8; this one has ${bytes}.`)
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertSize(size: unknown): asserts size is number {
  const { valueBytes } = KV_LIMITS
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && size <= valueBytes) return
  throw tooLarge(typeof size === 'number' ? `${size}` : 'something else')
}

export function tooLarge(size: string): IsopodError {
  const { valueBytes } = KV_LIMITS
  return invalid(`A KV value may have ${valueBytes} bytes (${valueBytes / 1024 / 1024} MiB); this one has ${size}.`)
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertFacts({ expires, metadata }: KvFacts): void {
  if (metadata !== undefined) assertMetadata(metadata)
  if (expires !== undefined && (!Number.isSafeInteger(expires) || expires <= 0)) {
    throw invalid('The expiration of a KV value is a whole number of seconds since 1970.')
  }
}

function assertMetadata(metadata: unknown): void {
  const { metadataBytes } = KV_LIMITS
  const bytes = typeof metadata === 'string' ? Buffer.byteLength(metadata) : Infinity
  if (bytes > metadataBytes) {
    throw invalid(`KV metadata may have ${metadataBytes} bytes as JSON; this has ${bytes}.`)
  }
  try {
    JSON.parse(metadata as string)
  } catch {
    throw invalid('KV metadata must be JSON.')
  }
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertLimit(limit: unknown): asserts limit is number {
  const { listKeys } = KV_LIMITS
  if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 1 && limit <= listKeys) return
  throw invalid(`The limit of a KV list is a whole number from 1 to ${listKeys}; got ${String(limit)}.`)
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertPrefix(prefix: unknown): asserts prefix is string {
  if (typeof prefix !== 'string') throw invalid('The prefix of a KV list is a string.')
  if (prefix !== '') assertBytes(prefix)
}

function assertBytes(prefix: string): void {
  const bytes = Buffer.byteLength(prefix)
  if (bytes <= KV_LIMITS.keyBytes) return
  throw invalid(`The prefix of a KV list may have ${KV_LIMITS.keyBytes} bytes of UTF-8; this one has ${bytes}.`)
}

export interface Expiry {
  /** Unix time in seconds. */
  readonly expiration?: number | undefined
  /** Seconds from now; counts where both are given. */
  readonly expirationTtl?: number | undefined
}

/** Unix time in seconds. @throws IsopodError `INVALID_OPTION` where that is too soon */
export function expiresAt({ expiration, expirationTtl }: Expiry, nowMs: number): number | undefined {
  const { minTtlS } = KV_LIMITS
  const nowS = Math.floor(nowMs / 1000)
  if (expirationTtl !== undefined) {
    if (Number.isSafeInteger(expirationTtl) && expirationTtl >= minTtlS) return nowS + expirationTtl
    throw invalid(`The expirationTtl of a KV value is at least ${minTtlS} whole seconds; got ${expirationTtl}.`)
  }
  if (expiration === undefined) return undefined
  if (Number.isSafeInteger(expiration) && expiration >= nowS + minTtlS) return expiration
  const message = `The expiration of a KV value is a time in whole seconds, at least ${minTtlS} from now (${nowS}); got ${expiration}.`
  throw invalid(message)
}

function invalid(message: string): IsopodError {
  return new IsopodError('INVALID_OPTION', message)
}
