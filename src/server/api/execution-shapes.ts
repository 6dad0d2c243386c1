// What the routes of executions take and answer.
import { z } from 'zod'
import { type Json, type Mode, MODES } from '../../version.ts'

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

export interface CompareBody extends Omit<ExecuteBody, 'backend' | 'mode'> {
  /** All unless given. */
  readonly backends?: readonly BackendName[]
  /** Runs of each kind, 1 to 100; fewer where they take more than a minute. Default 10. */
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

export interface ExecutionParams {
  readonly id: string
}

export interface StartedExecution {
  readonly id: string
  readonly status: ExecutionStatus
}

const MAX_ID_CHARACTERS = 40
const MAX_TIMES = 100
const MAX_COMPARED = 8

const status = z.enum(EXECUTION_STATUSES)
const backendName = z.enum(BACKEND_NAMES)
const language = z.enum(LANGUAGES)
// What is JSON already is not walked through once more.
const json = z.unknown() as z.ZodType<Json>

export const executionParams: z.ZodType<ExecutionParams> = z.object({ id: z.string().max(MAX_ID_CHARACTERS) })

const executeFields = {
  code: z.string({ error: 'it must be the code, as text' }),
  input: json.exactOptional(),
  timeout_ms: z.number({ error: 'it must be a number of milliseconds' }).exactOptional(),
  memory_mb: z.number({ error: 'it must be a number of MiB' }).exactOptional(),
  language: z.enum(LANGUAGES, { error: `it may be ${LANGUAGES.join(', ')}` }).exactOptional(),
  backend: z
    .enum(['auto', ...BACKEND_NAMES], {
      error: `there is no such backend; it may be auto, ${BACKEND_NAMES.join(', ')}`,
    })
    .exactOptional(),
  mode: z.enum(MODES, { error: `it may be ${MODES.join(', ')}` }).exactOptional(),
}

export const executeBody: z.ZodType<ExecuteBody> = z.strictObject(executeFields).describe('What to run.')

/** Of `backend` a comparison has several, and of modes its own. */
const { backend: _backend, mode: _mode, ...comparedFields } = executeFields

export const compareBody: z.ZodType<CompareBody> = z
  .strictObject({
    ...comparedFields,
    backends: z
      .array(z.enum(BACKEND_NAMES, { error: `there is no such backend; it may be ${BACKEND_NAMES.join(', ')}` }))
      .min(1)
      .max(MAX_COMPARED)
      .exactOptional(),
    times: z
      .int({ error: `it must be a whole number from 1 to ${MAX_TIMES}` })
      .min(1)
      .max(MAX_TIMES)
      .exactOptional(),
  })
  .describe('What to run, and how often.')

const executionError = z.object({
  code: z.string(),
  name: z.string().nullable(),
  message: z.string(),
  stack: z.string().nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
})
const usage = z.object({ cpu_ms: z.number(), heap_bytes: z.number(), subrequests: z.number() })
const isolate = z.object({ creation_ms: z.number(), heap_bytes: z.number() })
const summary = z.object({
  id: z.string(),
  status,
  outcome: z.string().nullable(),
  duration_ms: z.number(),
  usage,
  backend: backendName,
  isolate,
  created: z.number(),
  language,
})

export const executionReport: z.ZodType<ExecutionReport> = summary
  .extend({
    output: json,
    error: executionError.nullable(),
    logs: z.array(z.object({ level: z.string(), message: z.string(), time_ms: z.number() })),
    reason: z.string(),
    timings: z.object({ queue_ms: z.number(), create_ms: z.number(), load_ms: z.number(), run_ms: z.number() }),
    code: z.string(),
    input: json,
  })
  .describe('How it stands, or ended.')

export const executionList: z.ZodType<ExecutionList> = z
  .object({ executions: z.array(summary) })
  .describe('Those under way and the latest that are over, newest first.')

export const startedExecution: z.ZodType<StartedExecution> = z
  .object({ id: z.string(), status })
  .describe('It is accepted.')

export const executionEvents: z.ZodType<string> = z
  .string()
  .describe(
    'Server-sent events, each named by its type, with JSON as data: what was, then what comes, until it is over.',
  )

export const backendList: z.ZodType<BackendList> = z
  .object({
    backends: z.array(
      z.object({
        name: backendName,
        available: z.boolean(),
        reason: z.string().nullable(),
        state: z.enum(['idle', 'running', 'failed']),
        languages: z.array(language),
        isolation: z.string(),
        network: z.string(),
        running: z.number(),
        runs: z.number(),
        restarts: z.number(),
        version: z.string(),
      }),
    ),
  })
  .describe('Ways of running code.')

const comparedRuns = z
  .object({ median_ms: z.number(), min_ms: z.number(), max_ms: z.number(), samples_ms: z.array(z.number()) })
  .nullable()

export const comparison: z.ZodType<Comparison> = z
  .object({
    results: z.array(
      z.object({
        backend: backendName,
        cold: comparedRuns,
        warm: comparedRuns,
        output: json,
        error: executionError.nullable(),
      }),
    ),
  })
  .describe('What it took on each, as its caller would see it.')
