// A KV namespace as programs see it, with the calls that workers elsewhere make. Each is a request that
// `host/bindings/kv-binding.ts` answers; what is wrong with a call is said before anything is sent.
import { KV_LIMITS } from '../../bridge/kv-limits.ts'
import { type Body, bodyOfContent } from '../fetch/body-content.ts'
import { exactBuffer, readBytes, readText } from '../fetch/body-members.ts'
import { takeBody } from '../fetch/body.ts'
import { streamOf } from '../fetch/body-stream.ts'
import { fetchThrough } from '../fetch/fetch.ts'
import { headerListOf } from '../fetch/headers.ts'
import type { RequestInit } from '../fetch/request.ts'
import { headersOfState, responseStateOf, type ResponseState } from '../fetch/response.ts'
import { parseJson } from '../memory/parse-json.ts'
import {
  ArrayIsArray,
  decodeURIComponentText,
  encodeURIComponentText,
  JSONStringify,
  MapConstructor,
  MapPrototypeSet,
} from '../primordials.ts'
import { requireArguments, toDictionary } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { toKey, toKeys, toListQuery, toPutHeaders, toStoredValue, toType, type ValueType } from './kv-arguments.ts'

interface ValueWithMetadata {
  value: unknown
  metadata: unknown
  cacheStatus: null
}

export class KVNamespace {
  readonly #binding: string

  constructor(binding: string) {
    this.#binding = binding
  }

  /** One key: its value, or null. A list of keys: a Map of the same. */
  async get(key: unknown, options?: unknown): Promise<unknown> {
    const binding = this.#binding
    requireArguments(arguments.length, 1, 'KVNamespace.get')
    const type = toType(options)
    if (ArrayIsArray(key)) return await readMany(binding, { keys: key, type, what: 'values' })
    return (await readOne(binding, { key, type })).value
  }

  async getWithMetadata(key: unknown, options?: unknown): Promise<unknown> {
    const binding = this.#binding
    requireArguments(arguments.length, 1, 'KVNamespace.getWithMetadata')
    const type = toType(options)
    if (ArrayIsArray(key)) return await readMany(binding, { keys: key, type, what: 'values with metadata' })
    const { metadata, value } = await readOne(binding, { key, type })
    return { value, metadata, cacheStatus: null }
  }

  async put(key: unknown, value: unknown, options?: object | null): Promise<void> {
    const binding = this.#binding
    requireArguments(arguments.length, 2, 'KVNamespace.put')
    const url = valueUrl(toKey(key))
    const headers = toPutHeaders(toDictionary(options, 'The options of KVNamespace.put'))
    await ask(binding, url, { method: 'PUT', headers, body: toStoredValue(value), duplex: 'half' })
  }

  async delete(key: unknown): Promise<void> {
    const binding = this.#binding
    requireArguments(arguments.length, 1, 'KVNamespace.delete')
    await ask(binding, valueUrl(toKey(key)), { method: 'DELETE' })
  }

  async list(options?: object | null): Promise<unknown> {
    const binding = this.#binding
    const query = toListQuery(toDictionary(options, 'The options of KVNamespace.list'))
    const { body } = await ask(binding, `http://kv/keys?${query}`, { method: 'GET' })
    return parseJson(await wholeText(body))
  }
}
defineInterface(KVNamespace, 'KVNamespace', { get: 1, getWithMetadata: 1, put: 2, delete: 1, list: 0 })

function valueUrl(key: string): string {
  return `http://kv/value?key=${encodeURIComponentText(key)}`
}

/** Without a prototype: a promise that is resolved with it looks for `then` on it, and the request for its options. */
function bare<T extends object>(members: T): T {
  return { __proto__: null, ...members } as T
}

async function ask(binding: string, url: string, init: RequestInit): Promise<ResponseState> {
  const response = await fetchThrough(binding, url, bare(init))
  return bare(responseStateOf(response) as ResponseState)
}

interface Read {
  readonly key: unknown
  readonly type: ValueType
}

async function readOne(binding: string, { key, type }: Read): Promise<{ value: unknown; metadata: unknown }> {
  const state = await ask(binding, valueUrl(toKey(key)), { method: 'GET' })
  if (state.status === 404) return bare({ value: null, metadata: null })
  const packed = headerListOf(headersOfState(state)).get('kv-metadata')
  const metadata = packed === null ? null : parseJson(decodeURIComponentText(packed))
  return bare({ value: await readValue(state.body, type), metadata })
}

async function readValue(body: Body | undefined, type: ValueType): Promise<unknown> {
  if (type === 'stream') return streamOf(body ?? bodyOfContent(''))
  if (type === 'arrayBuffer') {
    if (body !== undefined) takeBody(body)
    return exactBuffer(await readBytes(body))
  }
  const text = await wholeText(body)
  return type === 'json' ? parseJson(text) : text
}

function wholeText(body: Body | undefined): Promise<string> {
  if (body !== undefined) takeBody(body)
  return readText(body)
}

interface ReadMany {
  readonly keys: readonly unknown[]
  readonly type: ValueType
  readonly what: 'values' | 'values with metadata'
}

async function readMany(binding: string, { keys, type, what }: ReadMany): Promise<Map<string, unknown>> {
  const names = toKeys(keys, { type, most: KV_LIMITS.bulkKeys })
  const { body } = await ask(binding, 'http://kv/values', { method: 'POST', body: JSONStringify(names) })
  const found = parseJson(await wholeText(body)) as readonly (readonly [text: string, metadata: unknown] | null)[]
  const values = new MapConstructor<string, unknown>()
  for (let i = 0; i < names.length; i++) {
    const one = found[i] ?? null
    const value = one === null ? null : type === 'json' ? parseJson(one[0]) : one[0]
    const whole: ValueWithMetadata = { value, metadata: one === null ? null : one[1], cacheStatus: null }
    MapPrototypeSet(values, names[i] as string, what === 'values' ? value : whole)
  }
  return values
}
