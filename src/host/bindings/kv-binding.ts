// The host half of a KV binding: requests of `guest/bindings/kv-namespace.ts` as calls of a store.
//
//   GET, PUT, DELETE /value?key=     one value; `kv-metadata` (percent-encoded JSON), `kv-expiration` and `kv-ttl` beside it
//   POST /values                     a JSON list of keys in, a list of [text, metadata] or null out
//   GET /keys?prefix=&limit=&cursor= a page of keys
import { KV_LIMITS } from '../../bridge/kv-limits.ts'
import { BindingFailure } from '../../ops/bindings/binding-failure.ts'
import type { Binding } from '../../ops/bindings/binding.ts'
import { fromBytes, isByteSource } from '../../ops/byte-source.ts'
import { collectText } from '../../ops/collect-body.ts'
import type { SubrequestInit, SubrequestResponse } from '../../ops/fetch.ts'
import type { ByteSource, HeaderList } from '../../task.ts'
import { assertFacts, assertKey, assertLimit, assertPrefix, expiresAt } from '../kv/check-kv.ts'
import { cursorAfter, keyOfCursor, listedKey } from '../kv/kv-listing.ts'
import { type KvEntry, type KvScope, type KvStore, partCount } from '../kv/kv-store.ts'
import { collectParts, partsOf } from '../kv/value-parts.ts'
import type { UploadSlots } from './upload-slots.ts'

/** What a namespace lies in, and who may be on the way into it. */
export interface KvAccess {
  readonly store: KvStore
  readonly uploads: UploadSlots
}

/** A list of keys as JSON is no longer, escapes included. */
const MAX_KEYS_TEXT_BYTES: number = KV_LIMITS.bulkKeys * KV_LIMITS.keyBytes * 7

export function kvBinding({ store, uploads }: KvAccess, scope: KvScope): Binding {
  return {
    async fetch(request, { signal }) {
      const url = new URL(request.url)
      const key = url.searchParams.get('key')
      switch (`${request.method} ${url.pathname}`) {
        case 'GET /value': {
          assertKey(key)
          const entry = await store.get(scope, key, signal)
          return entry === undefined ? answer(request, { status: 404 }) : answer(request, content(store, scope, entry))
        }
        case 'PUT /value':
          assertKey(key)
          await put(request, key, signal)
          return answer(request, { status: 204 })
        case 'DELETE /value':
          assertKey(key)
          await store.delete(scope, key, signal)
          return answer(request, { status: 204 })
        case 'POST /values': {
          const values = await getMany(await keysOf(request), signal)
          return answer(request, { status: 200, body: fromBytes(JSON.stringify(values)) })
        }
        case 'GET /keys':
          return answer(request, { status: 200, body: fromBytes(await list(url.searchParams, signal)) })
        default:
          throw new BindingFailure('A KV binding has no such request.', 'TypeError')
      }
    },
  }

  async function put({ body = '', headers }: SubrequestInit, key: string, signal: AbortSignal): Promise<void> {
    const metadata = header(headers, 'kv-metadata')
    const expiration = { expiration: secondsOf(headers, 'kv-expiration'), expirationTtl: secondsOf(headers, 'kv-ttl') }
    const facts = {
      metadata: metadata === undefined ? undefined : decodeURIComponent(metadata),
      // Once: a write that has to be repeated does not live longer for that.
      expires: expiresAt(expiration, Date.now()),
    }
    assertFacts(facts)
    if (!isByteSource(body)) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body
      await store.put(scope, { key, parts: partsOf(bytes), ...facts }, signal)
      return
    }
    await uploads.use(scope.tenant, signal, async () => {
      const parts = await collectParts(body)
      await store.put(scope, { key, parts, ...facts }, signal)
    })
  }

  async function getMany(keys: readonly string[], signal: AbortSignal): Promise<unknown[]> {
    const entries = await Promise.all(keys.map((key) => store.get(scope, key, signal)))
    const bytes = entries.reduce((total, entry) => total + (entry?.size ?? 0), 0)
    if (bytes > KV_LIMITS.valueBytes) {
      const message = `A KV call for several keys may bring ${KV_LIMITS.valueBytes} bytes; these values have ${bytes}.`
      throw new BindingFailure(message)
    }
    const values: unknown[] = []
    for (const entry of entries) {
      if (entry === undefined) values.push(null)
      else values.push([await textOf(entry), entry.metadata === undefined ? null : JSON.parse(entry.metadata)])
    }
    return values
  }

  function textOf(entry: KvEntry): Promise<string> {
    return collectText(bodyOf(store, scope, entry), KV_LIMITS.valueBytes)
  }

  async function list(query: URLSearchParams, signal: AbortSignal): Promise<string> {
    const prefix = query.get('prefix') ?? ''
    const limit = Number(query.get('limit') ?? KV_LIMITS.listKeys)
    const cursor = query.get('cursor')
    assertPrefix(prefix)
    assertLimit(limit)
    const after = cursor === null ? undefined : keyOfCursor(cursor)
    const { isComplete, keys } = await store.list(scope, { prefix, limit, after }, signal)
    const last = keys.at(-1)
    return JSON.stringify({
      keys: keys.map(listedKey),
      list_complete: isComplete,
      ...(isComplete || last === undefined ? {} : { cursor: cursorAfter(last.key) }),
      cacheStatus: null,
    })
  }
}

async function keysOf({ body = '' }: SubrequestInit): Promise<string[]> {
  const source = isByteSource(body) ? body : fromBytes(body)
  const keys: unknown = JSON.parse(await collectText(source, MAX_KEYS_TEXT_BYTES))
  if (!Array.isArray(keys) || keys.length > KV_LIMITS.bulkKeys) {
    throw new BindingFailure(`A KV call may ask for ${KV_LIMITS.bulkKeys} keys.`)
  }
  return keys.map((key: unknown) => {
    assertKey(key)
    return key
  })
}

interface Content {
  readonly status: number
  readonly headers?: HeaderList
  readonly body?: ByteSource
}

function answer({ url }: SubrequestInit, { status, headers = [], body }: Content): SubrequestResponse {
  const head = { status, statusText: '', headers, url, redirected: false, decoded: false }
  return body === undefined ? head : { ...head, body }
}

function content(store: KvStore, scope: KvScope, entry: KvEntry): Content {
  const { metadata } = entry
  const headers: HeaderList = metadata === undefined ? [] : [['kv-metadata', encodeURIComponent(metadata)]]
  return { status: 200, headers, body: bodyOf(store, scope, entry) }
}

function bodyOf(store: KvStore, scope: KvScope, { id, size, value }: KvEntry): ByteSource {
  if (value !== undefined) return fromBytes(value)
  const abort = new AbortController()
  const count = partCount(size)
  let index = 0
  return {
    async read() {
      if (index >= count) return undefined
      const part = await store.part(scope, { id, index }, abort.signal)
      if (part === undefined) {
        throw new BindingFailure('The KV value was replaced while it was being read, longer ago than it is kept.')
      }
      index += 1
      return part
    },
    cancel: () => abort.abort(),
  }
}

function header(headers: HeaderList, wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1]
}

function secondsOf(headers: HeaderList, name: string): number | undefined {
  const text = header(headers, name)
  return text === undefined ? undefined : Number(text)
}
