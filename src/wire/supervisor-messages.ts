// The contract between the supervisor and the processes it starts, over Node's IPC. Sockets travel beside messages as
// handles: the supervisor holds them, so that they outlive every process that accepts on them.
import type { Limits } from '../limits.ts'
import type { HostHealth, Tier } from '../stats.ts'
import type { Clock, Mode, NetworkPolicy } from '../version.ts'

/** What every host of a server has in common. Sizes are a host's own share. */
export interface HostConfig {
  /** Hosts of the main tier: what tenants have quotas of is divided among them. */
  readonly mainHosts: number
  readonly mode: Mode
  readonly executor: 'inline' | 'threads'
  readonly poolSize: number
  readonly poolContext: 'fresh' | 'warm'
  readonly clock: Clock
  readonly reserveSize: number
  readonly taskQueueSize: number
  readonly tenantQueueSize: number
  readonly queueWaitMs: number
  readonly persistentReplicas: number
  /** As many as the pool has places unless given. */
  readonly tenantInstances?: number
  readonly maxAgeMs: number
  readonly maxErrors: number
  readonly restartMemoryMb: number
  readonly persistentTasksAtOnce?: number
  /** Heap of all instances together, in MiB; half of `memoryMb` unless given. */
  readonly memoryBudgetMb?: number
  readonly healthCheckMs: number
  readonly drainMs: number
  readonly limits: Partial<Limits>
  readonly network: NetworkPolicy
  readonly domain: string
  /** Where console lines and endings of tasks go: to the host's output, or to control. */
  readonly observed: 'terminal' | 'json' | 'control'
  /** Resident memory of the process, in MiB. */
  readonly memoryMb: number
  /** Where the guest's code cache lies; undefined where it could not be made. */
  readonly guestCacheFolder?: string | undefined
  readonly controlSocket: string
  /** Where control answers for KV. */
  readonly kvSocket: string
  readonly probationSocket: string
  /** Where main hosts send each other tasks, by slot; none where there is one main host. */
  readonly slotSockets: readonly string[]
}

/** The one that fits its tier; those it is told to open besides have other numbers. */
export const OWN_DOOR = 0

export type SupervisorToHost =
  | { readonly type: 'configure'; readonly config: HostConfig }
  /**
   * Where there are several main hosts, before `serve` to each: its place among them, whose socket comes beside it, and what
   * they know each other by.
   */
  | { readonly type: 'takeSlot'; readonly slot: number; readonly key: string }
  /** From now on it is a host of that tier, and the token proves that to control. Its socket comes beside it: TCP for main, a unix socket for probation. */
  | {
      readonly type: 'serve'
      readonly host: number
      readonly tier: Tier
      readonly token: string
      /** Otherwise only once `accept` has come. */
      readonly accepts: boolean
    }
  /** Answered with `opened` for its own door. */
  | { readonly type: 'accept' }
  /** Accept HTTP on the TCP socket beside it, whatever the tier. */
  | { readonly type: 'open'; readonly door: number; readonly domain: string }
  /** Stop accepting on that one. */
  | { readonly type: 'close'; readonly door: number; readonly limitMs: number }
  /** Write to the flight record who is inside at every entry, whatever the tier. */
  | { readonly type: 'recordPrecisely' }
  | { readonly type: 'ping' }
  /** Stop accepting, finish what runs, end. */
  | { readonly type: 'drain'; readonly limitMs: number }

export type HostToSupervisor =
  /** Configured, with an engine that has shown that it works; waits for `serve`. */
  | { readonly type: 'booted' }
  | { readonly type: 'serving' }
  | { readonly type: 'opened' | 'closed'; readonly door: number }
  | { readonly type: 'pong'; readonly health: HostHealth }
  /** Its memory will not come down: it goes on, and wants a successor. */
  | { readonly type: 'worn'; readonly reason: string }
  /** Nothing runs any more; it may be killed. `cut` tasks were not finished in time. */
  | { readonly type: 'drained'; readonly cut: number }

/** What a watchdog writes to its pipe, a line each; the last of them tell how a host died. */
export type LastWord =
  /** An entry has lasted a while: the version with this number is inside. */
  | { readonly type: 'inside'; readonly number: number }
  | { readonly type: 'outside' }
  /** What is inside is past its limits, and about to be killed for it unless it comes out. */
  | { readonly type: 'overdue'; readonly number: number }
  /** The host's own program failed. */
  | { readonly type: 'failed'; readonly number: 0; readonly detail: string }
  /** It is about to kill its process, because of what is inside (0: nothing). */
  | { readonly type: 'stuck' | 'memory' | 'unresponsive'; readonly number: number; readonly detail: string }
