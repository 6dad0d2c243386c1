// What the guest's calls act on, and what they give: the contract between an instance and `guest-calls.ts`.
import type { Crossing } from '../bridge/entries.ts'
import type { ErrorCode } from '../errors.ts'
import type { CryptoCalls } from './crypto-calls.ts'
import type { Codecs } from './codecs.ts'
import type { Entry } from '../isolate/executor.ts'
import type { GuestSockets } from './guest-sockets.ts'
import type { OpTable } from './op-table.ts'
import type { Rejections } from './rejections.ts'
import type { ResponseStreams } from './response-streams.ts'
import type { Services } from './services.ts'
import type { Subrequests } from './subrequests.ts'
import type { TaskRun } from './task-run.ts'

/** The instance, as the guest's calls see it. */
export interface CallTarget {
  readonly crypto: CryptoCalls
  readonly codecs: Codecs
  readonly ops: OpTable
  readonly rejections: Rejections
  readonly services: Services
  readonly sockets: GuestSockets
  readonly streams: ResponseStreams
  readonly subrequests: Subrequests
  /** The run on whose behalf the present entry was made. */
  readonly entered: TaskRun | undefined
  runById(id: number): TaskRun | undefined
  /** Enters the guest on behalf of a run, unless that is over. */
  enterFor(run: TaskRun, entry: Entry): void
  /** Enters the guest with an op's result, unless the op is gone. */
  deliver(op: number, result: OpResult): void
  /** Records what the run answered; it is acted on when the entry is over. */
  record(run: TaskRun, answer: Answer): void
  recordLoad(outcome: LoadAnswer): void
}

export interface OpResult {
  readonly ok: boolean
  /** The value, or "name\nmessage" where the op failed. */
  readonly first?: Crossing
  readonly second?: Crossing
}

export type Answer =
  | {
      readonly type: 'response'
      readonly status: number
      readonly statusText: string
      readonly headers: string
      readonly body: Crossing
      readonly flags: number
    }
  | { readonly type: 'result'; readonly output: string | undefined; readonly flags: number }
  | { readonly type: 'failed'; readonly error: string; readonly code: ErrorCode; readonly flags: number }
  | { readonly type: 'finish'; readonly error: string | undefined }
  | { readonly type: 'settled' }

export type LoadAnswer =
  | { readonly type: 'loaded'; readonly handlers: string }
  | { readonly type: 'failed'; readonly error: string }
