// The contract between one who has tasks (a main host that forwards, a library's process) and a host that runs them.
// Every message names its task by a number of the asker's. Bodies are pulled: one chunk for each `pull`.
import type { HeaderList, RateLimit, ResponseHead, Task, TaskError, TaskRecord, LogLine, Usage } from '../task.ts'
import type { Outcome } from '../outcome.ts'

/** A body on the wire: none, text in the message, bytes beside it, or chunks to be pulled. */
export type WireBody = { readonly type: 'none' | 'bytes' | 'stream' } | { readonly type: 'text'; readonly text: string }

export type WireTask =
  | Exclude<Task, { type: 'fetch' }>
  | {
      readonly type: 'fetch'
      readonly method: string
      readonly url: string
      readonly headers: HeaderList
      readonly body: WireBody
      readonly depth?: number
      readonly share?: number
    }

export interface WireSocket {
  readonly maxMessageBytes: number
}

export interface WireResult {
  readonly outcome: Outcome
  readonly error?: TaskError
  readonly response?: ResponseHead
  readonly output?: string
  readonly body: WireBody
  /** The worker answered with a WebSocket, whose messages follow. */
  readonly socket?: WireSocket
  readonly usage: Usage
  readonly logs: readonly LogLine[]
  /** When to try again, in milliseconds from now. */
  readonly retryAfterMs?: number
  readonly rateLimit?: RateLimit
}

/** From the asker. */
export type TaskRequest =
  /** The first, where the other side is a main host, which wants the key of main hosts. Answered with `ready`. */
  | { readonly type: 'hello'; readonly key: string }
  | {
      readonly type: 'task'
      readonly id: number
      readonly tenant: string
      readonly worker: string
      /** The task was accepted this long ago, in milliseconds; its wall time counts from then. */
      readonly ageMs: number
      readonly task: WireTask
    }
  /** The caller has gone. */
  | { readonly type: 'abandon'; readonly id: number }
  /** The next chunk of the response body is wanted. */
  | { readonly type: 'pull'; readonly id: number }
  /** Nobody reads the response body on. */
  | { readonly type: 'stop'; readonly id: number; readonly reason: string }
  | BodyPart
  | SocketPart

/** From the host that runs them. */
export type TaskReply =
  /** It takes tasks: a link to a held socket is there before anybody has accepted it. Its id means nothing. */
  | { readonly type: 'ready'; readonly id: 0 }
  /** The worker's code is about to see the task: from here on it must not be run again. */
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'settled'; readonly id: number; readonly result: WireResult }
  | { readonly type: 'ended'; readonly id: number; readonly record: TaskRecord }
  /** This process is about to end: what it has is finished, and new tasks want a new link. Its id means nothing. */
  | { readonly type: 'leaving'; readonly id: 0 }
  /** The next chunk of the request body is wanted. */
  | { readonly type: 'pull'; readonly id: number }
  /** Nobody reads the request body on. */
  | { readonly type: 'stop'; readonly id: number; readonly reason: string }
  | BodyPart
  | SocketPart

/** The answer to a `pull`, in either direction. */
export type BodyPart =
  /** Bytes beside it. */
  | { readonly type: 'chunk'; readonly id: number }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'broken'; readonly id: number; readonly message: string }

/** What is said on the WebSocket a task was answered with, in either direction. */
export type SocketPart =
  /** Text in the message, or bytes beside it. */
  | { readonly type: 'socketMessage'; readonly id: number; readonly text?: string }
  /** So many more of the messages that came are dealt with. */
  | { readonly type: 'socketTaken'; readonly id: number; readonly count: number }
  /** From the asker: it is to be closed. */
  | { readonly type: 'socketClose'; readonly id: number; readonly code: number; readonly reason: string }
  /** From the host that runs the task: it is closed. */
  | {
      readonly type: 'socketClosed'
      readonly id: number
      readonly code: number
      readonly reason: string
      readonly wasClean: boolean
    }
