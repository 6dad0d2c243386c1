// Pool statistics as the admin port gives them: snake case, as the founding designs have it.
import type { PoolStats } from '../pool/pool-stats.ts'

export function poolReport(stats: PoolStats): object {
  return {
    total: stats.total,
    cached: stats.cached,
    capacity: stats.capacity,
    hit_rate: stats.hitRate,
    hits: stats.hits,
    misses: stats.misses,
    evictions: stats.evictions,
    waiting: stats.waiting,
    reserve: stats.reserve,
    entries: stats.entries.map((entry) => ({
      tenant: entry.tenant,
      worker: entry.worker,
      version: entry.version,
      mode: entry.mode,
      state: entry.state,
      age_ms: Math.round(entry.ageMs),
      tasks_served: entry.tasksServed,
      running: entry.running,
      queue_depth: entry.queueDepth,
      open_ops: entry.openOps,
      heap_bytes: entry.heapBytes,
    })),
  }
}
