// What the backend and its program in Deno say to each other: a line of JSON each, over a unix socket. Not over stdin and
// stdout: every Web Worker of a process may read and write those, whatever its permissions. The backend takes nothing on trust.

export type ToDeno =
  /** First of all: the text of `deno-worker.ts`. */
  | { readonly type: 'begin'; readonly workerText: string }
  | {
      readonly type: 'run'
      readonly id: number
      readonly module: string
      /** JSON text. */
      readonly input: string
      /** Runs of one key share a worker, one after the other. */
      readonly key?: string
    }
  | { readonly type: 'end'; readonly id: number }
  /** How many of the first `made` workers are left? */
  | { readonly type: 'ping'; readonly made: number }

export type FromDeno =
  | { readonly type: 'ready'; readonly version: string }
  | { readonly type: 'pong'; readonly made: number; readonly left: number }
  /** `createMs`: of its worker; `waitMs`: how much of that this run waited for. */
  | { readonly type: 'created'; readonly id: number; readonly createMs: number; readonly waitMs: number }
  | { readonly type: 'started'; readonly id: number; readonly loadMs: number }
  | { readonly type: 'log'; readonly id: number; readonly level: LogLevel; readonly message: string }
  | ({ readonly type: 'done'; readonly id: number } & Done)
  /** It was ended as the backend wanted; so many workers were made so far. */
  | { readonly type: 'ended'; readonly id: number; readonly made: number }

export interface Done {
  readonly runMs: number
  readonly heapBytes: number
  /** JSON text. */
  readonly output?: string
  readonly problem?: {
    readonly kind: 'load' | 'exception' | 'output' | 'size'
    readonly name: string
    readonly message: string
    readonly stack: string
  }
}

export const LOG_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Of a name, a message or a stack. */
export const MAX_TEXT_CHARACTERS: number = 32 * 1024
/** Of all that one run logs. */
export const MAX_LOG_CHARACTERS: number = 128 * 1024
export const MAX_OUTPUT_CHARACTERS: number = 12 * 1024 * 1024
/** Of one line from Deno: an output is text inside JSON, where a character may take six. */
export const MAX_LINE_CHARACTERS: number = 6 * MAX_OUTPUT_CHARACTERS + 64 * 1024
