// Values that were read a moment ago, so that a key which every request reads is not asked for as often. Invariant: an
// entry is as old as the question it answers, lives for `LIFETIME_MS` from then, and goes when the key is written here.
import {
  isExpired,
  type KvEntry,
  type KvListing,
  type KvPage,
  type KvPart,
  type KvPut,
  type KvScope,
  type KvStore,
} from './kv-store.ts'

interface Cached {
  readonly entry: KvEntry | undefined
  readonly untilMs: number
  readonly bytes: number
}

/** Answers that are awaited for one key. */
interface Reads {
  count: number
  /** The key was written since they were asked for. */
  isStale: boolean
}

/** Others see a write once this has passed. */
const LIFETIME_MS = 150
const MAX_BYTES = 16 * 1024 * 1024
const ENTRY_BYTES = 200

export class CachedKvStore implements KvStore {
  readonly #store: KvStore
  /** Oldest first. */
  readonly #entries = new Map<string, Cached>()
  readonly #reads = new Map<string, Reads>()
  #bytes = 0

  constructor(store: KvStore) {
    this.#store = store
  }

  async get(scope: KvScope, key: string, signal?: AbortSignal): Promise<KvEntry | undefined> {
    const name = nameOf(scope, key)
    const askedMs = performance.now()
    const cached = this.#entries.get(name)
    if (cached !== undefined && askedMs < cached.untilMs) return present(cached.entry)
    const reads = this.#reads.get(name) ?? { count: 0, isStale: false }
    this.#reads.set(name, reads)
    reads.count += 1
    try {
      const entry = await this.#store.get(scope, key, signal)
      if (!reads.isStale) this.#keep(name, entry, askedMs + LIFETIME_MS)
      return present(entry)
    } finally {
      reads.count -= 1
      if (reads.count === 0 && this.#reads.get(name) === reads) this.#reads.delete(name)
    }
  }

  part(scope: KvScope, part: KvPart, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    return this.#store.part(scope, part, signal)
  }

  async put(scope: KvScope, put: KvPut, signal?: AbortSignal): Promise<void> {
    try {
      await this.#store.put(scope, put, signal)
    } finally {
      this.#forget(nameOf(scope, put.key))
    }
  }

  async delete(scope: KvScope, key: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.#store.delete(scope, key, signal)
    } finally {
      this.#forget(nameOf(scope, key))
    }
  }

  list(scope: KvScope, listing: KvListing, signal?: AbortSignal): Promise<KvPage> {
    return this.#store.list(scope, listing, signal)
  }

  #keep(name: string, entry: KvEntry | undefined, untilMs: number): void {
    if (entry !== undefined && entry.value === undefined) return
    this.#drop(name)
    const nowMs = performance.now()
    if (nowMs >= untilMs) return
    // Two bytes a character at most.
    const bytes = ENTRY_BYTES + name.length * 2 + (entry?.size ?? 0) + (entry?.metadata?.length ?? 0) * 2
    this.#entries.set(name, { entry, untilMs, bytes })
    this.#bytes += bytes
    for (const [oldest, cached] of this.#entries) {
      if (this.#bytes <= MAX_BYTES && nowMs < cached.untilMs) return
      this.#drop(oldest)
    }
  }

  /** Also what an answer that is on its way says. */
  #forget(name: string): void {
    this.#drop(name)
    const reads = this.#reads.get(name)
    if (reads === undefined) return
    reads.isStale = true
    this.#reads.delete(name)
  }

  #drop(name: string): void {
    this.#bytes -= this.#entries.get(name)?.bytes ?? 0
    this.#entries.delete(name)
  }
}

function nameOf({ namespace, tenant }: KvScope, key: string): string {
  return `${tenant}/${namespace}/${key}`
}

/** A copy of the value: whoever gets it may hand its memory on. */
function present(entry: KvEntry | undefined): KvEntry | undefined {
  if (entry === undefined || isExpired(entry.expires, Date.now())) return undefined
  return entry.value === undefined ? entry : { ...entry, value: new Uint8Array(entry.value) }
}
