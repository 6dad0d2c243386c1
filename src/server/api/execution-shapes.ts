// What the routes of executions take and answer.
import { z } from 'zod'
import { type Mode, MODES } from '../../version.ts'
import type { Json } from '../../version.ts'

export const BACKEND_NAMES = ['isolate', 'deno'] as const
export type BackendName = (typeof BACKEND_NAMES)[number]

export const LANGUAGES = ['javascript', 'typescript'] as const
export type Language = (typeof LANGUAGES)[number]

/** How far a run has come. `failed`: by its own fault, limits included; `killed`: by whoever started it. */
export const EXECUTION_STATUSES = ['pending', 'running', 'completed', 'failed', 'killed'] as const
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number]

/** What to run. */
export interface ExecuteBody {
  /** An expression, a function, a module with a default export, or a script. */
  readonly code: string
  readonly input?: Json
  /** Wall time, in milliseconds. */
  readonly timeout_ms?: number
  /** Heap, in MiB. */
  readonly memory_mb?: number
  /** Found out from the code unless given. */
  readonly language?: Language
  /** `auto` (default): by what the code uses. */
  readonly backend?: 'auto' | BackendName
  /** Of the isolate backend: how its isolates are kept. */
  readonly mode?: Mode
}

export interface ExecutionLog {
  readonly level: string
  readonly message: string
  /** Since the run began, in milliseconds. */
  readonly time_ms: number
}

export interface ExecutionError {
  readonly code: string
  readonly name: string | null
  readonly message: string
  readonly stack: string | null
  /** Where in the code, from 1, as far as it is known. */
  readonly line: number | null
  readonly column: number | null
}

/** Where the time went, in milliseconds, in this order. */
export interface ExecutionTimings {
  readonly queue_ms: number
  /** Making the isolate, or the process's worker. */
  readonly create_ms: number
  /** Compiling and running the code's top level. */
  readonly load_ms: number
  readonly run_ms: number
}

export interface ExecutionReport {
  readonly id: string
  readonly status: ExecutionStatus
  /** Null while it is under way. */
  readonly outcome: string | null
  readonly output: Json
  readonly error: ExecutionError | null
  readonly logs: readonly ExecutionLog[]
  readonly duration_ms: number
  readonly usage: { readonly cpu_ms: number; readonly heap_bytes: number; readonly subrequests: number }
  readonly backend: BackendName
  /** Why that one. */
  readonly reason: string
  readonly isolate: { readonly creation_ms: number; readonly heap_bytes: number }
  readonly timings: ExecutionTimings
  /** Unix time in milliseconds. */
  readonly created: number
  readonly code: string
  readonly input: Json
  readonly language: Language
}

/** One of a list: without code, input, output and logs. */
export type ExecutionSummary = Pick<
  ExecutionReport,
  'id' | 'status' | 'outcome' | 'duration_ms' | 'usage' | 'backend' | 'isolate' | 'created' | 'language'
>

export interface ExecutionList {
  readonly executions: readonly ExecutionSummary[]
}

export interface CompareBody extends Omit<ExecuteBody, 'backend'> {
  /** All that can run it unless given. */
  readonly backends?: readonly BackendName[]
  /** Runs of each kind, 1 to 100. Default 10. */
  readonly times?: number
}

export interface ComparedRuns {
  readonly median_ms: number
  readonly min_ms: number
  readonly max_ms: number
  readonly samples_ms: readonly number[]
}

export interface ComparedBackend {
  readonly backend: BackendName
  /** Each in an isolate, or worker, that nobody used. */
  readonly cold: ComparedRuns | null
  /** Each in the one that ran it before. */
  readonly warm: ComparedRuns | null
  readonly output: Json
  /** Why it has no figures. */
  readonly error: ExecutionError | null
}

export interface Comparison {
  readonly results: readonly ComparedBackend[]
}

export interface BackendReport {
  readonly name: BackendName
  /** Whether it can be used here; `reason` says why not. */
  readonly available: boolean
  readonly reason: string | null
  readonly state: 'idle' | 'running' | 'failed'
  readonly languages: readonly Language[]
  /** As a sentence each. */
  readonly isolation: string
  readonly network: string
  readonly running: number
  readonly runs: number
  readonly restarts: number
  readonly version: string
}

export interface BackendList {
  readonly backends: readonly BackendReport[]
}

/** What the events of a run say, as server-sent events of these names. */
export type ExecutionEvent =
  | { readonly type: 'status'; readonly status: ExecutionStatus }
  | { readonly type: 'log'; readonly log: ExecutionLog }
  | { readonly type: 'end'; readonly execution: ExecutionReport }

export const MODES_OF_EXECUTIONS: readonly Mode[] = MODES
export const anyJson: z.ZodType<Json> = z.json() as z.ZodType<Json>
