// The contract between a host and control about KV, over a unix socket of its own: a large value is in nobody's way here,
// and routes change meanwhile. Values travel as bytes beside messages, larger ones in parts, each asked for by its reader.
// A host names the version that asks, and control finds out what that one may reach.
import type { FailureText } from './control-messages.ts'

interface Asked {
  readonly ask: number
  /** Of the version that asks. */
  readonly number: number
  readonly namespace: string
}

export interface KvFactsText {
  readonly metadata?: string
  readonly expires?: number
}

export type KvQuestion =
  | (Asked & { readonly type: 'get'; readonly key: string })
  | (Asked & { readonly type: 'part'; readonly id: number; readonly index: number })
  /** A small value comes beside it; for each part of a larger one `go` is said. Done with `done`. */
  | (Asked & KvFactsText & { readonly type: 'put'; readonly key: string; readonly size: number })
  | (Asked & { readonly type: 'delete'; readonly key: string })
  | (Asked & { readonly type: 'list'; readonly prefix: string; readonly limit: number; readonly after?: string })

export type HostToKv =
  | { readonly type: 'hello'; readonly token: string }
  | KvQuestion
  /** The next part of a value beside it. */
  | { readonly type: 'chunk'; readonly ask: number }
  /** Nobody waits for that any more. */
  | { readonly type: 'cancel'; readonly ask: number }

export type KvToHost =
  /** Send the next part. */
  | { readonly type: 'go'; readonly ask: number }
  | {
      readonly type: 'entry'
      readonly ask: number
      readonly entry?: KvFactsText & { readonly id: number; readonly size: number }
    }
  /** The part beside it, where it is still there. */
  | { readonly type: 'part'; readonly ask: number }
  | {
      readonly type: 'page'
      readonly ask: number
      readonly keys: readonly (KvFactsText & { readonly key: string })[]
      readonly isComplete: boolean
    }
  | { readonly type: 'done'; readonly ask: number }
  | { readonly type: 'failed'; readonly ask: number; readonly failure: FailureText }

/** Questions of one host that are under way; it keeps others back, and one that has twice as many is none of ours. */
export const MAX_KV_QUESTIONS = 256
