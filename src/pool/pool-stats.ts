// What the pool tells of itself. `total`, `cached`, `capacity` and `hit_rate` are the founding designs' figures.
import type { Mode } from '../version.ts'
import type { EntryState, PoolEntry } from './pool-entry.ts'

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

export function entryStats(entry: PoolEntry): EntryStats {
  const { version, mode } = entry.prepared
  return {
    tenant: version.tenant,
    worker: version.worker,
    version: version.id,
    mode,
    state: entry.state,
    ageMs: performance.now() - entry.createdMs,
    tasksServed: entry.tasksServed,
    running: entry.running,
    queueDepth: entry.waiting.length,
    openOps: entry.openOps,
    heapBytes: entry.heapBytes,
  }
}
