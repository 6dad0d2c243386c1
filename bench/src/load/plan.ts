// The contract between a benchmark and its load generator, which is a process of its own: on a small machine the
// CPU time of the one must not be counted for the other.

/** One request, and the whole body that must come back with status 200. */
export interface Target {
  readonly host: string
  readonly path: string
  readonly body: string
}

export interface LoadPlan {
  readonly port: number
  /** Keep-alive connections, each with one request under way. */
  readonly connections: number
  readonly requests: number
  /** It is over after that time, with what was answered until then; what is under way is left. */
  readonly forMs?: number
  readonly targets: readonly Target[]
  /** Targets one after another, or the first most often. */
  /** Each connection rests this long between an answer and its next request. */
  readonly restMs?: number
  readonly order:
    | { readonly type: 'turns' }
    | { readonly type: 'zipf'; readonly exponent: number; readonly seed: number }
}

export interface LoadReport {
  readonly requests: number
  readonly elapsedMs: number
  readonly minMs: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export type LoadReply =
  | { readonly type: 'report'; readonly report: LoadReport }
  | { readonly type: 'failed'; readonly message: string }
