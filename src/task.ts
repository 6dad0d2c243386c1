// One event for a worker, what it used, and how it ended.
import type { ErrorCode } from './errors.ts'
import type { MessageSocket } from './message-socket.ts'
import type { Outcome } from './outcome.ts'
import type { Json } from './version.ts'

/** Header names and values in order; names in any case, a name may repeat. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** Bytes that come over time. The reader asks for the next chunk when it has room. */
export interface ByteSource {
  /** The next chunk, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>
  /** Nobody will read on; what is behind may be released. */
  cancel(reason: string): void
}

export interface FetchRequest {
  readonly method: string
  /** Absolute http(s) URL. */
  readonly url: string
  /** Header names and values; a function where building the list costs something and few workers look. */
  readonly headers: HeaderList | (() => HeaderList)
  readonly body?: string | Uint8Array | ByteSource
  /** How many workers stand behind the request, each asking the next through a service binding; 0 unless given. */
  readonly depth?: number
  /** Address of the client; a function because few ask. */
  readonly client?: () => string | undefined
  /** Where the request stands between 0 and 99 when versions share a worker's requests; once decided it goes with it. */
  readonly share?: number
}

export type Task =
  | { readonly type: 'fetch'; readonly request: FetchRequest }
  | { readonly type: 'scheduled'; readonly cron: string; readonly scheduledTimeMs: number }
  | { readonly type: 'execute'; readonly input?: Json }

/** What a task used, as far as it is known when asked. */
export interface Usage {
  /** CPU time of all entries into V8 on its behalf, in microseconds. */
  readonly cpuUs: number
  /** From acceptance to now, in milliseconds. */
  readonly wallMs: number
  /** Time spent waiting for an instance, in milliseconds. */
  readonly queueMs: number
  /** The isolate's used heap by the latest sample, in bytes; sampled at most every 100 ms of an isolate's life. */
  readonly heapBytes: number
  readonly subrequests: number
  /** Body bytes received from the caller. */
  readonly bytesIn: number
  /** Body bytes sent to the caller. */
  readonly bytesOut: number
  /** Body bytes sent to others: in requests of its own, to bindings too, and over WebSockets. */
  readonly bytesSent: number
}

/** An error inside a worker, as text. Stacks point into the worker's own sources. */
export interface TaskError {
  readonly code: ErrorCode
  readonly message: string
  /** The error's name as the worker saw it, where the worker threw. */
  readonly name?: string
  readonly stack?: string
}

export interface LogLine {
  readonly level: 'debug' | 'log' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly timeMs: number
}

export interface ResponseHead {
  readonly status: number
  readonly statusText: string
  readonly headers: HeaderList
  /** How many bytes a streamed body will have, where the worker said so. It may not keep its word. */
  readonly bodyLength?: number
}

/** How a task stood when its response began (or its result came, or it failed). */
export interface TaskResult {
  readonly outcome: Outcome
  readonly error?: TaskError
  /** For a fetch task whose worker answered. */
  readonly response?: ResponseHead
  /** The response's body; a stream is read by the caller. */
  readonly body?: string | Uint8Array | ByteSource
  /** The other end of the WebSocket a worker answered with, under status 101. Whoever takes no part in it closes it. */
  readonly socket?: MessageSocket
  /** JSON text of the value an execute task returned. */
  readonly output?: string
  readonly usage: Usage
  readonly logs: readonly LogLine[]
  /** When to try again, where that is known, in milliseconds from now. */
  readonly retryAfterMs?: number
  /** The quota that refused it, where one did. */
  readonly rateLimit?: RateLimit
}

/** A quota as the caller that is over it may know it. */
export interface RateLimit {
  /** Its name: `requestsPerSecond`, … */
  readonly policy: string
  /** What it allows on the whole server, a whole number, and in how many seconds; without them, at once. */
  readonly quota: number
  readonly windowS?: number
  /** What it counts, where that is not requests: `content-bytes`, `concurrent-requests`, `cpu-ms`. */
  readonly unit?: string
  readonly remaining: number
  /** In how many seconds there is more. */
  readonly resetS: number
}

/** The last word on a task, when `waitUntil` has settled and its operations are gone. */
export interface TaskRecord {
  readonly tenant: string
  readonly worker: string
  readonly version: string
  readonly type: Task['type']
  /** For a fetch task. */
  readonly request?: { readonly method: string; readonly url: string }
  /** Of its response, where the worker answered. */
  readonly status?: number
  readonly outcome: Outcome
  readonly error?: TaskError
  readonly usage: Usage
  readonly logs: readonly LogLine[]
}
