// What an entry of the pool asks of whoever keeps it.
import type { Blank } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { RetirementCause } from '../observer.ts'
import type { SocketEnd } from './parked-runs.ts'
import type { PoolEntry } from './pool-entry.ts'
import type { Turns } from './turns.ts'

export interface EntryOwner {
  readonly services: Services
  readonly turns: Turns
  /** How long a response may be streamed by an instance that has a successor, in milliseconds. */
  readonly drainMs: number
  takeBlank(prepared: PreparedVersion): Promise<{ readonly blank: Blank; readonly fromReserve: boolean }>
  /** A run or a handle has left the entry, or the entry is gone. */
  released(entry: PoolEntry): void
  /** The entry has become idle without having been used. */
  placeFreed(): void
  /** A client has said something on a WebSocket. */
  heard(entry: PoolEntry): void
  /** WebSockets are closed with this, those that come too. */
  readonly closingSockets: SocketEnd | undefined
  /** No new task comes for the version. */
  isReplaced(prepared: PreparedVersion): boolean
  /** The entry takes no more runs. Those that waited for it are handed back. */
  retired(entry: PoolEntry, cause: RetirementCause, left: readonly TaskRun[]): void
}
