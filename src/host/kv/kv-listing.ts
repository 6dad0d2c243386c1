// A page of keys as workers and operators see it. A cursor is the last key of the page before, in a form nobody reads.
import { IsopodError } from '../../errors.ts'
import { assertKey } from './check-kv.ts'
import type { KvListedKey } from './kv-store.ts'

export interface ListedKey {
  readonly name: string
  readonly expiration?: number
  readonly metadata?: unknown
}

export function listedKey({ expires, key, metadata }: KvListedKey): ListedKey {
  return {
    name: key,
    ...(expires === undefined ? {} : { expiration: expires }),
    ...(metadata === undefined ? {} : { metadata: JSON.parse(metadata) as unknown }),
  }
}

export function cursorAfter(key: string): string {
  return Buffer.from(key).toString('base64url')
}

/** @throws IsopodError `INVALID_OPTION` */
export function keyOfCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (cursorAfter(key) !== cursor) {
    throw new IsopodError('INVALID_OPTION', 'The cursor of a KV list is none that a list has given.')
  }
  assertKey(key)
  return key
}
