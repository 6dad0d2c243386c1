// What control says to the threads that have the KV file open, and what they answer.
import type { ErrorCode } from '../../errors.ts'
import type { KvListing, KvPart, KvPut, KvScope } from '../../host/kv/kv-store.ts'

export type KvRead =
  | { readonly type: 'get'; readonly scope: KvScope; readonly key: string }
  | { readonly type: 'part'; readonly scope: KvScope; readonly part: KvPart }
  | { readonly type: 'list'; readonly scope: KvScope; readonly listing: KvListing }
  | { readonly type: 'namespaces'; readonly tenant: string }

export type KvWrite =
  | { readonly type: 'put'; readonly scope: KvScope; readonly put: KvPut }
  | { readonly type: 'delete'; readonly scope: KvScope; readonly key: string }

export interface KvThreadCall {
  readonly id: number
  readonly call: KvRead | KvWrite
}

export type KvThreadAnswer =
  /** The file is open, and has its present shape. */
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly code: ErrorCode; readonly message: string }

export interface KvThreadData {
  readonly path: string
  readonly quotaBytes: number
  /** Reads are answered by a thread of their own: they wait for no disk. */
  readonly role: 'reads' | 'writes'
}
