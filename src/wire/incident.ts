// The death of a host, as the supervisor reports it to control and operators see it.
import type { Tier } from '../stats.ts'

export type DeathCause =
  /** An entry lasted past its hard limit; the watchdog ended the process. */
  | 'stuck'
  /** The process grew too much during one entry; likewise. */
  | 'memory'
  /** V8 or native code gave up: SIGABRT, SIGTRAP, SIGSEGV and their kind. */
  | 'abort'
  /** The kernel's OOM killer. */
  | 'oom'
  /** A signal from outside. */
  | 'killed'
  /** The event loop, or the whole process, did not answer any more. */
  | 'unresponsive'
  | 'exited'

export interface Incident {
  /** Unix time in milliseconds. */
  readonly time: number
  readonly host: number
  readonly tier: Tier
  readonly pid: number
  readonly cause: DeathCause
  readonly signal: string | null
  /** Numbers of versions; see `supervisor/blame.ts`. */
  readonly culprit: number | undefined
  readonly suspects: readonly number[]
  readonly detail: string
}
