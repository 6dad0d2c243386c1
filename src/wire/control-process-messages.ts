// The contract between the supervisor and the control process, over Node's IPC. The sockets control accepts on are the
// supervisor's, so that hosts and operators find them again when control has been restarted.
import type { AdminDoor } from './admin-door.ts'
import type { HostStatus } from './host-status.ts'
import type { Tier } from '../stats.ts'
import type { Incident } from './incident.ts'

export interface Admission {
  readonly token: string
  readonly host: number
  readonly tier: Tier
  /** Of a main host, where there are several. */
  readonly slot?: number | undefined
}

export interface ControlConfig {
  /** Folder of the state; made by the supervisor, readable by nobody else. */
  readonly dataFolder: string
  /** With the key that secrets are encrypted with; in the data folder unless given. */
  readonly secretsKeyFile?: string | undefined
  /** Tasks of the log that are kept in the data folder; 0: none. */
  readonly logsKept: number
  readonly vouchedTenants: readonly string[]
  readonly probationTasks: number
  readonly probationMs: number
  readonly door: AdminDoor
  /** How long a task may take where its version does not say, in milliseconds. */
  readonly wallMs: number
  /** What one tenant may keep in its KV namespaces, in MiB. */
  readonly kvTenantMb: number
  /** Code that is submitted to be run; none is taken unless given. */
  readonly execute: ExecuteConfig | undefined
}

export interface ExecuteConfig {
  /** Most runs at once; twice the number of cores unless given. */
  readonly atOnce: number | undefined
  /** How the processes are confined that run it, and as whom, as for hosts. */
  readonly sandbox: 'auto' | 'strict' | 'off'
  readonly user: string
}

/** What control exits with where the data folder belongs to another server. */
export const EXIT_DATA_IN_USE = 4

export type SupervisorToControl =
  /** Its socket for hosts comes beside it. */
  | { readonly type: 'configure'; readonly config: ControlConfig }
  /** Its socket for what hosts ask of KV comes beside it. */
  | { readonly type: 'kv' }
  /** The socket of the admin port comes beside it. */
  | { readonly type: 'admin' }
  /** Whoever says this token is that host. */
  | { readonly type: 'admit'; readonly admission: Admission }
  | { readonly type: 'dismiss'; readonly token: string }
  | { readonly type: 'incident'; readonly incident: Incident }
  /** A host's watchdog is about to end it for what is inside; or that came out after all. */
  | { readonly type: 'alarmed'; readonly host: number; readonly version: number }
  | { readonly type: 'recovered'; readonly host: number }
  /** The answer to what control asked under that number. */
  | { readonly type: 'hosts'; readonly ask: number; readonly hosts: readonly HostStatus[] }
  | { readonly type: 'reloaded'; readonly ask: number }

export type ControlToSupervisor =
  /** `isLocked`: nobody can come in by the admin port, since it wants a token and there is none of an admin. */
  | { readonly type: 'ready'; readonly isLocked: boolean }
  /** The oldest incident that it was told of is on record: it need not be told again. */
  | { readonly type: 'noted' }
  | { readonly type: 'hosts'; readonly ask: number }
  /** Replace every host, one by one. */
  | { readonly type: 'reload'; readonly ask: number }
