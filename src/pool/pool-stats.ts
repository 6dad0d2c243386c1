// An entry as the statistics show it.
import type { EntryStats } from '../stats.ts'
import type { PoolEntry } from './pool-entry.ts'

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
    sockets: entry.sockets,
    heapBytes: entry.heapBytes,
  }
}
