// What KV bindings keep their values in: this process, or control and its file. Invariant: a write is there for everybody,
// and as durable as the store is, when its promise has resolved; a value whose time has passed is never given.

/** A store of keys and values that the workers of one tenant share. */
export interface KvScope {
  readonly tenant: string
  readonly namespace: string
  /** Number of the version that asks: a store in another process looks up there what it may reach. */
  readonly version?: number
}

export interface KvFacts {
  /** JSON. */
  readonly metadata?: string | undefined
  /** Unix time in seconds from which on it is not there any more. */
  readonly expires?: number | undefined
}

export interface KvEntry extends KvFacts {
  /** Of this value of the key; never used again. */
  readonly id: number
  /** Bytes of the value. */
  readonly size: number
  /** The whole value where it is small; the parts of others are asked for one by one. */
  readonly value?: Uint8Array | undefined
}

export interface KvPut extends KvFacts {
  readonly key: string
  /** The value in order: parts of `PART_BYTES`, and a last one of what is left. They are the store's from then on. */
  readonly parts: readonly Uint8Array[]
}

export interface KvListing {
  readonly prefix: string
  readonly limit: number
  /** Keys after this one, in the order of their UTF-8. */
  readonly after?: string | undefined
}

export interface KvListedKey extends KvFacts {
  readonly key: string
}

export interface KvPage {
  readonly keys: readonly KvListedKey[]
  /** No key follows. */
  readonly isComplete: boolean
}

export interface KvNamespaceReport {
  readonly namespace: string
  readonly keys: number
  /** As the quota counts them. */
  readonly bytes: number
}

export interface KvStore {
  get(scope: KvScope, key: string, signal?: AbortSignal): Promise<KvEntry | undefined>
  /** Undefined where the value was replaced, or deleted, a while ago. */
  part(scope: KvScope, part: KvPart, signal?: AbortSignal): Promise<Uint8Array | undefined>
  /** @throws IsopodError `KV_QUOTA`, `STORE_FAILED` */
  put(scope: KvScope, put: KvPut, signal?: AbortSignal): Promise<void>
  delete(scope: KvScope, key: string, signal?: AbortSignal): Promise<void>
  list(scope: KvScope, listing: KvListing, signal?: AbortSignal): Promise<KvPage>
}

export interface KvPart {
  /** Of the entry. */
  readonly id: number
  /** From 0. */
  readonly index: number
}

/** Of larger values one part at a time is under way. */
export const PART_BYTES: number = 256 * 1024
/** Values up to here come with their entry. */
export const INLINE_BYTES: number = 64 * 1024
/** What a key costs beyond its bytes: its row, its places in indexes. */
const KEY_COST_BYTES = 64

export function partCount(size: number): number {
  return Math.ceil(size / PART_BYTES)
}

/** What the quota counts. */
export function costOf({ key, metadata = '', parts }: KvPut): number {
  return KEY_COST_BYTES + Buffer.byteLength(key) + Buffer.byteLength(metadata) + sizeOf(parts)
}

export function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, { byteLength }) => total + byteLength, 0)
}

export function isExpired(expires: number | undefined, nowMs: number): boolean {
  return expires !== undefined && nowMs >= expires * 1000
}
