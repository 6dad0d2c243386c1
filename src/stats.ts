// What a pool, and a host, tell of themselves. `total`, `cached`, `capacity` and `hit_rate` are the founding designs' figures.
import type { Mode } from './version.ts'

/** Where an instance's entry stands; see `pool/pool-entry.ts`. */
export type EntryState = 'creating' | 'open' | 'collecting' | 'retired' | 'gone'

export interface EntryStats {
  readonly tenant: string
  readonly worker: string
  readonly version: string
  readonly mode: Mode
  readonly state: EntryState
  readonly ageMs: number
  readonly tasksServed: number
  readonly running: number
  /** Tasks waiting for this entry. */
  readonly queueDepth: number
  /** Operations and bodies its tasks have under way. */
  readonly openOps: number
  /** Clients' WebSockets to it. */
  readonly sockets: number
  readonly heapBytes: number
}

export interface PoolStats {
  /** Most instances the pool may hold. */
  readonly total: number
  /** Instances it holds. */
  readonly cached: number
  /** Instances it could still add: total − cached. */
  readonly capacity: number
  /** Share of tasks that found an instance of their worker. */
  readonly hitRate: number
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  /** Tasks waiting for a place in the pool. */
  readonly waiting: number
  /** Blank instances ready. */
  readonly reserve: number
  readonly entries: readonly EntryStats[]
}

/** What a host is trusted with. */
export type Tier = 'main' | 'probation'

/** How a host fares, by its own account. */
export interface HostHealth {
  /** How late its event loop was at worst since the last account, in milliseconds. */
  readonly loopLagMs: number
  readonly rssBytes: number
  readonly instances: number
  /** Tasks under way. */
  readonly running: number
}
