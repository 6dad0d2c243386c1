// Ways of running a piece of code that somebody has sent: one interface, one contract (`test/backend/`), several engines. A
// backend knows nothing of HTTP, of history or of who asked.
import type { Outcome } from '../outcome.ts'
import type { LogLine, TaskError, Usage } from '../task.ts'
import type { Json, Mode } from '../version.ts'

/** What a module is called in stacks: `program.js:<line>:<column>`, both from 1. */
export const PROGRAM_FILE = 'program.js'

/** One run of one program. */
export interface Workload {
  /** An ES module in JavaScript, without imports, whose default export is a function of the input. */
  readonly module: string
  readonly input: Json
  /** Wall time from when it is accepted, in milliseconds. */
  readonly timeoutMs: number
  /** Heap, in MiB. */
  readonly memoryMb: number
  /** How isolates are kept, where the backend has a choice. */
  readonly mode?: Mode
  /**
   * Runs with the same key and the same module may share what was made for the first, as far as the mode allows; a run
   * without one gets something that nobody used.
   */
  readonly warmKey?: string
}

/** Where the time of a run went, in milliseconds, in this order. */
export interface RunTimings {
  readonly queueMs: number
  readonly createMs: number
  readonly loadMs: number
  readonly runMs: number
}

export interface RunResult {
  readonly outcome: Outcome
  /** JSON text. */
  readonly output?: string
  readonly error?: TaskError
  readonly logs: readonly LogLine[]
  readonly usage: Usage
  readonly timings: RunTimings
  readonly isolate: { readonly creationMs: number; readonly heapBytes: number }
}

export interface ExecuteOptions {
  /** Ends the run: its outcome is `canceled`. */
  readonly signal: AbortSignal
  /** Hears of each line as it is logged. */
  readonly log?: (line: LogLine) => void
  /** The code is about to run. */
  readonly started?: () => void
}

export interface Capabilities {
  /** As a sentence each. */
  readonly isolation: string
  readonly network: string
  /** Most runs at once; more are refused. */
  readonly concurrency: number
  readonly maxTimeoutMs: number
  readonly maxMemoryMb: number
}

export interface Health {
  readonly state: 'idle' | 'running' | 'failed'
  readonly running: number
  readonly runs: number
  readonly restarts: number
  /** Of its engine. */
  readonly version: string
  /** Why it cannot be used, where that is so. */
  readonly problem?: string
}

export interface Backend extends AsyncDisposable {
  readonly name: string
  capabilities(): Capabilities
  /** Resolves when runs can begin. Called by the first run, unless before. */
  start(): Promise<void>
  /** Always resolves: what goes wrong is an outcome. */
  execute(workload: Workload, options: ExecuteOptions): Promise<RunResult>
  health(): Health
  /** Ends what runs, and every process it has started. */
  stop(): Promise<void>
}
