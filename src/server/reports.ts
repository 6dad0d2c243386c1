// What the admin port shows, in snake case, as the founding designs have it.
import type { IncidentReport } from '../control/control.ts'
import type { DeploymentRow, ListedVersion, QuarantineRow, Split, TenantRow, VersionRow } from '../control/store.ts'
import type { EntryStats, PoolStats, Tier } from '../stats.ts'
import type { HostStatus } from '../wire/host-status.ts'

export function workerReport(split: Split): object {
  const shares = split.map(({ percent, row }) => ({ version: row.id, percent }))
  const [main] = split
  return { tenant: main?.row.tenant, worker: main?.row.worker, version: main?.row.id, split: shares }
}

export function storedVersionReport({ author, id, message, time }: ListedVersion): object {
  return { version: id, author, message, time }
}

/** @param versions - of the worker, to tell their ids; those that are gone have none */
export function deploymentReport(deployment: DeploymentRow, versions: readonly ListedVersion[]): object {
  const { author, message, number, split, time } = deployment
  const shares = split.map((share) => ({
    version: versions.find((version) => version.number === share.number)?.id ?? null,
    percent: share.percent,
  }))
  return { deployment: number, time, author, message, split: shares }
}

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
    entries: stats.entries.map(entryReport),
  }
}

function entryReport(entry: EntryStats): object {
  return {
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
    sockets: entry.sockets,
    heap_bytes: entry.heapBytes,
  }
}

interface HostPool {
  readonly host: number
  readonly tier: Tier
  readonly stats: PoolStats
}

/** The pools of all hosts as one; each entry says whose it is. */
export function joinedPoolReport(pools: readonly HostPool[]): object {
  const sum = (read: (stats: PoolStats) => number): number => pools.reduce((total, { stats }) => total + read(stats), 0)
  const hits = sum((stats) => stats.hits)
  const misses = sum((stats) => stats.misses)
  return {
    ...poolReport({
      total: sum((stats) => stats.total),
      cached: sum((stats) => stats.cached),
      capacity: sum((stats) => stats.capacity),
      hitRate: hits + misses === 0 ? 0 : hits / (hits + misses),
      hits,
      misses,
      evictions: sum((stats) => stats.evictions),
      waiting: sum((stats) => stats.waiting),
      reserve: sum((stats) => stats.reserve),
      entries: [],
    }),
    entries: pools.flatMap(({ host, stats, tier }) =>
      stats.entries.map((entry) => ({ host, tier, ...entryReport(entry) })),
    ),
  }
}

export function hostReport(status: HostStatus): object {
  return {
    id: status.id,
    tier: status.tier,
    pid: status.pid,
    state: status.state,
    uptime_ms: status.uptimeMs,
    loop_lag_ms: status.loopLagMs,
    rss_bytes: status.rssBytes,
    instances: status.instances,
    running: status.running,
    restarts: status.restarts,
  }
}

export function incidentReport({ culprit, suspects, ...incident }: IncidentReport): object {
  return {
    ...incident,
    culprit: culprit === null ? null : versionReport(culprit),
    suspects: suspects.map(versionReport),
  }
}

export function quarantineReport({ reason, strikes, tenant, until, worker }: QuarantineRow): object {
  return { tenant, worker, strikes, reason, until }
}

export function tenantReport({ cleanTasks, network, probationMs, tenant, tier, vouched }: TenantRow): object {
  return { tenant, tier, vouched, clean_tasks: cleanTasks, probation_ms: Math.round(probationMs), network }
}

function versionReport({ id, tenant, worker }: VersionRow): object {
  return { tenant, worker, version: id }
}
