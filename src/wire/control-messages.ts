// The contract between a host and control, over a unix socket. A host is told which workers there are and who answers
// for them; it asks for a version when it first needs one, and goes on serving what it knows while control is away.
import type { ErrorCode } from '../errors.ts'
import type { Observer } from '../observer.ts'
import type { Outcome } from '../outcome.ts'
import type { TenantQuota } from '../quota.ts'
import type { PoolStats, Tier } from '../stats.ts'
import type { Task, TaskRecord } from '../task.ts'
import type { MeasuresText } from './measures-text.ts'
import type { VersionText } from './version-text.ts'

/** Who answers for a worker at present. */
export interface Route {
  readonly tenant: string
  readonly worker: string
  /** Number of the version that is live; unique in the installation. */
  readonly number: number
  /** Another version takes a share of the worker's requests. */
  readonly canary?: { readonly number: number; readonly percent: number; readonly minWarm?: number }
  readonly tier: Tier
  /** Grows when the version has to be fetched anew, because what its tenant may do has changed. */
  readonly revision: number
  /** The version's own limit of a task's wall time, where it has one, in milliseconds. */
  readonly wallMs?: number
  /** Instances of the version that each host of the tier keeps ready; absent where it keeps none. */
  readonly minWarm?: number
  /** Of its tenant, for the whole server; absent where there is none. */
  readonly quota?: TenantQuota
  /** Of its tenant; 1 unless given. */
  readonly weight?: number
  /** The worker did damage and is held back. */
  readonly quarantine?: { readonly remainingMs: number; readonly reason: string }
}

/** A host name and a path that are routed to a worker. */
export interface RoutePatternText {
  readonly pattern: string
  readonly tenant: string
  readonly worker: string
}

/** A task that is over. */
export interface TaskReport {
  /** Unique in the host's life. */
  readonly id: number
  /** When it was over, Unix time in milliseconds. */
  readonly time: number
  readonly record: TaskRecord
}

/** Whose tasks somebody watches: all where nothing is given. */
export interface TailFilter {
  readonly tenant?: string
  readonly worker?: string
}

export interface FailureText {
  readonly code: ErrorCode
  readonly message: string
}

/** A task that control asks for. Nobody waits for it at a port. */
export type AskedTask = Extract<Task, { type: 'scheduled' }>

/** How a task stood when nothing of it was left, `waitUntil` included. */
export interface TaskEnding {
  readonly outcome: Outcome
  readonly error?: FailureText
}

export type HostToControl =
  | { readonly type: 'hello'; readonly token: string }
  /** The answer to what control asked under that number. */
  | {
      readonly type: 'done'
      readonly ask: number
      readonly failure?: FailureText
      readonly stats?: PoolStats
      readonly measures?: MeasuresText
      readonly held?: boolean
      readonly ran?: TaskEnding
    }
  /** The worker's code is about to see the task asked for under that number: from here on it must not be run again. */
  | { readonly type: 'started'; readonly ask: number }
  | { readonly type: 'wantVersion'; readonly ask: number; readonly number: number }
  /** A piece of a static file of that version; see `ASSET_PIECE_BYTES`. */
  | {
      readonly type: 'wantPiece'
      readonly ask: number
      readonly number: number
      readonly path: string
      readonly index: number
    }
  /** What an observer is to hear, where the host was told to report it. */
  | { readonly type: 'observed'; readonly event: keyof Observer; readonly details: readonly unknown[] }
  /** Tasks that logged something or failed, and those somebody watches; `dropped` were too many to be told. */
  | { readonly type: 'tasks'; readonly reports: readonly TaskReport[]; readonly dropped: number }
  /** The last that the host has counted: it is about to end. */
  | { readonly type: 'measured'; readonly measures: MeasuresText }
  /** Tasks that ended well since the last time, by tenant. */
  | { readonly type: 'served'; readonly tenants: Readonly<Record<string, number>> }

export type ControlToHost =
  /** All there is; the first message to every host. */
  | { readonly type: 'table'; readonly routes: readonly Route[]; readonly patterns: readonly RoutePatternText[] }
  /** Done when requests that come from now on go that way. */
  | { readonly type: 'patterns'; readonly ask: number; readonly patterns: readonly RoutePatternText[] }
  /** Done when tasks that come from now on go that way. */
  | { readonly type: 'route'; readonly ask: number; readonly route: Route }
  | { readonly type: 'removed'; readonly ask: number; readonly tenant: string; readonly worker: string }
  /** Load it as it would be loaded for tasks; done with the reason where that fails. A route may follow. */
  | { readonly type: 'try'; readonly ask: number; readonly number: number }
  | { readonly type: 'stats'; readonly ask: number }
  /** What was counted; `since` is the latest snapshot that control has taken in, 0 where there is none. */
  | { readonly type: 'measures'; readonly ask: number; readonly since: number }
  | { readonly type: 'collectGarbage'; readonly ask: number }
  /** Keep the worker's instance; done with `held` where it has one. */
  | {
      readonly type: 'pin'
      readonly ask: number
      readonly tenant: string
      readonly worker: string
      readonly pin: number
    }
  /** Somebody watches tasks of these; replaces what was said before. */
  | { readonly type: 'watch'; readonly ask: number; readonly filters: readonly TailFilter[] }
  | { readonly type: 'unpin'; readonly ask: number; readonly pin: number }
  /** Done with `ran` when nothing of the task is left; without, where the host does not take it and has not started it. */
  | {
      readonly type: 'run'
      readonly ask: number
      readonly tenant: string
      readonly worker: string
      readonly task: AskedTask
    }
  /** Code cache beside it, where there is one. */
  | { readonly type: 'version'; readonly ask: number; readonly version?: VersionText }
  /** The piece beside it, where there is one for a host of that tier. */
  | { readonly type: 'piece'; readonly ask: number }
