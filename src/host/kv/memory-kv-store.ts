// A KV store in memory: for runtimes without control, and the library. It sweeps a few keys with each call, so that it
// needs no timer and nobody has to close it.
import { IsopodError } from '../../errors.ts'
import { REPLACED_KEPT_BYTES, REPLACED_KEPT_MS } from './replaced.ts'
import {
  costOf,
  INLINE_BYTES,
  isExpired,
  type KvEntry,
  type KvFacts,
  type KvListing,
  type KvPage,
  type KvPart,
  type KvPut,
  type KvScope,
  type KvStore,
  sizeOf,
} from './kv-store.ts'

export interface MemoryKvOptions {
  /** Bytes per tenant; 128 MiB unless given. */
  readonly quotaBytes?: number
  /** Unix time in milliseconds. */
  readonly now?: () => number
}

interface Kept extends KvFacts {
  readonly id: number
  readonly place: Place
  readonly key: string
  readonly size: number
  readonly cost: number
  readonly parts: readonly Uint8Array[]
}

interface Place {
  readonly tenant: string
  readonly namespace: string
  readonly keys: Map<string, Kept>
}

const QUOTA_BYTES = 128 * 1024 * 1024
const SWEPT_PER_CALL = 20

export class MemoryKvStore implements KvStore {
  readonly #quotaBytes: number
  readonly #now: () => number
  readonly #places = new Map<string, Place>()
  readonly #used = new Map<string, number>()
  /** Also those that were replaced a moment ago. */
  readonly #byId = new Map<number, Kept>()
  readonly #replaced: { readonly id: number; readonly size: number; readonly timeMs: number }[] = []
  #replacedBytes = 0
  #sweeping: Iterator<Kept> | undefined
  #lastId = 0

  constructor({ now = Date.now, quotaBytes = QUOTA_BYTES }: MemoryKvOptions = {}) {
    this.#now = now
    this.#quotaBytes = quotaBytes
  }

  async get(scope: KvScope, key: string): Promise<KvEntry | undefined> {
    const kept = this.#place(scope).keys.get(key)
    if (kept === undefined || isExpired(kept.expires, this.#now())) return undefined
    const { expires, id, metadata, parts, size } = kept
    const value = size <= INLINE_BYTES ? Buffer.concat(parts) : undefined
    return { id, size, metadata, expires, ...(value === undefined ? {} : { value }) }
  }

  async part({ namespace, tenant }: KvScope, { id, index }: KvPart): Promise<Uint8Array | undefined> {
    const kept = this.#byId.get(id)
    if (kept?.place.tenant !== tenant || kept.place.namespace !== namespace) return undefined
    return kept.parts[index]?.slice()
  }

  async put(scope: KvScope, put: KvPut): Promise<void> {
    this.#sweep()
    const place = this.#place(scope)
    const { expires, key, metadata, parts } = put
    const cost = costOf(put)
    const before = place.keys.get(key)?.cost ?? 0
    const used = (this.#used.get(scope.tenant) ?? 0) - before + cost
    if (used > this.#quotaBytes && cost > before) throw quotaExceeded(used, this.#quotaBytes)
    this.#remove(place, key)
    this.#lastId += 1
    const kept = { id: this.#lastId, place, key, size: sizeOf(parts), cost, parts, metadata, expires }
    place.keys.set(key, kept)
    this.#byId.set(kept.id, kept)
    this.#used.set(scope.tenant, used)
  }

  async delete(scope: KvScope, key: string): Promise<void> {
    this.#sweep()
    this.#remove(this.#place(scope), key)
  }

  async list(scope: KvScope, { after, limit, prefix }: KvListing): Promise<KvPage> {
    const found = [...this.#place(scope).keys.values()]
      .filter(({ expires, key }) => key.startsWith(prefix) && !isExpired(expires, this.#now()))
      .map((kept) => ({ kept, order: Buffer.from(kept.key) }))
      .filter(({ order }) => after === undefined || Buffer.compare(order, Buffer.from(after)) > 0)
      .toSorted((a, b) => Buffer.compare(a.order, b.order))
    const keys = found.slice(0, limit).map(({ kept: { expires, key, metadata } }) => ({ key, expires, metadata }))
    return { keys, isComplete: found.length <= limit }
  }

  #place({ namespace, tenant }: KvScope): Place {
    const name = `${tenant}/${namespace}`
    let place = this.#places.get(name)
    if (place === undefined) {
      place = { tenant, namespace, keys: new Map() }
      this.#places.set(name, place)
    }
    return place
  }

  #remove({ keys, tenant }: Place, key: string): void {
    const kept = keys.get(key)
    if (kept === undefined) return
    keys.delete(key)
    this.#used.set(tenant, (this.#used.get(tenant) ?? 0) - kept.cost)
    this.#replaced.push({ id: kept.id, size: kept.size, timeMs: this.#now() })
    this.#replacedBytes += kept.size
  }

  #sweep(): void {
    const nowMs = this.#now()
    for (let [oldest] = this.#replaced; oldest !== undefined; [oldest] = this.#replaced) {
      const isKept = Math.abs(nowMs - oldest.timeMs) < REPLACED_KEPT_MS
      if (isKept && this.#replacedBytes <= REPLACED_KEPT_BYTES) break
      this.#replaced.shift()
      this.#replacedBytes -= oldest.size
      this.#byId.delete(oldest.id)
    }
    this.#sweeping ??= this.#byId.values()
    for (let i = 0; i < SWEPT_PER_CALL; i++) {
      const { done, value } = this.#sweeping.next()
      if (done === true) {
        this.#sweeping = undefined
        return
      }
      const isPresent = value.place.keys.get(value.key) === value
      if (isPresent && isExpired(value.expires, nowMs)) this.#remove(value.place, value.key)
    }
  }
}

export function quotaExceeded(used: number, quotaBytes: number): IsopodError {
  const message = `KV quota: with this value the tenant would use ${used} of the ${quotaBytes} bytes it may keep in its namespaces. Delete keys, let values expire, or have the operator raise "kvTenantMb".`
  return new IsopodError('KV_QUOTA', message)
}
