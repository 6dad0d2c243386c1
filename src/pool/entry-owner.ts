// What an entry of the pool asks of whoever keeps it.
import type { Blank, LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { RetirementCause } from '../observer.ts'
import type { SocketEnd } from './parked-runs.ts'
import type { PoolEntry } from './pool-entry.ts'
import type { Turns } from './turns.ts'

export interface Retirement {
  readonly cause: RetirementCause
  /** Its version could not be loaded. */
  readonly failure?: LoadFailure
}

export interface EntryOwner {
  readonly services: Services
  readonly turns: Turns
  /** How long a response may be streamed by an instance that has a successor, in milliseconds. */
  readonly drainMs: number
  takeBlank(prepared: PreparedVersion): Promise<{ readonly blank: Blank; readonly fromReserve: boolean }>
  /** The entry takes runs from now on. */
  opened(entry: PoolEntry): void
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
  /** The entry takes no more runs. */
  retired(entry: PoolEntry, retirement: Retirement): void
  /** The run cannot be started by the entry that took it. */
  handBack(run: TaskRun): void
}
