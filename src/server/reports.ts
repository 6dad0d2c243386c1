// What the admin port shows, in snake case, as the founding designs have it.
import type { AuditRow } from '../control/audit.ts'
import type { IncidentReport } from '../control/deaths.ts'
import type {
  DeploymentRow,
  KeptVersion,
  ListedVersion,
  QuarantineRow,
  Split,
  TenantRow,
  VersionRow,
} from '../control/store.ts'
import type { Token } from '../control/tokens.ts'
import type { EntryStats, PoolStats, Tier } from '../stats.ts'
import type { HostStatus } from '../wire/host-status.ts'
import type { DeploymentReport, LiveWorkerReport, VersionReport } from './api/deployment-shapes.ts'
import type { EntryReport, HostReport, PoolReport } from './api/host-shapes.ts'
import type * as quarantine from './api/quarantine-shapes.ts'
import type { TenantReport } from './api/tenant-shapes.ts'
import type { AuditReport, TokenReport } from './api/token-shapes.ts'
import type { VersionDetail } from './api/version-shapes.ts'
import type { WorkerReport } from './api/worker-shapes.ts'

export function liveWorkerReportOf(split: Split): LiveWorkerReport {
  const [main] = split
  if (main === undefined) throw new Error('a split has at least one version')
  return { ...workerReportOf(main.row), split: split.map(({ percent, row }) => ({ version: row.id, percent })) }
}

export function versionReportOf({ author, id, message, time }: ListedVersion): VersionReport {
  return { version: id, author, message, time }
}

export function versionDetailOf({ row, version }: KeptVersion): VersionDetail {
  const { assets, bindings = {}, bundle, env = {}, limits = {}, mode = null } = version
  const sizes = Object.values(assets?.files ?? {}).map((file) => file.bytes)
  return {
    ...versionReportOf(row),
    mode,
    limits,
    min_warm: row.minWarm,
    values: Object.keys(env).toSorted(),
    bindings,
    script_bytes: Buffer.byteLength(bundle.script),
    parts: Object.keys(bundle.parts).toSorted(),
    assets: assets === undefined ? null : { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) },
  }
}

/** @param versions - of the worker, to tell their ids */
export function deploymentReportOf(deployment: DeploymentRow, versions: readonly ListedVersion[]): DeploymentReport {
  const { author, message, number, split, time } = deployment
  const shares = split.map((share) => ({
    version: versions.find((version) => version.number === share.number)?.id ?? null,
    percent: share.percent,
  }))
  return { deployment: number, time, author, message, split: shares }
}

export function poolReportOf(stats: PoolStats): PoolReport {
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
    entries: stats.entries.map(entryReportOf),
  }
}

function entryReportOf(entry: EntryStats): EntryReport {
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
export function joinedPoolReportOf(pools: readonly HostPool[]): PoolReport {
  const sum = (read: (stats: PoolStats) => number): number => pools.reduce((total, { stats }) => total + read(stats), 0)
  const hits = sum((stats) => stats.hits)
  const misses = sum((stats) => stats.misses)
  return {
    ...poolReportOf({
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
      stats.entries.map((entry) => ({ host, tier, ...entryReportOf(entry) })),
    ),
  }
}

export function hostReportOf(status: HostStatus): HostReport {
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

export function incidentReportOf({ culprit, suspects, ...incident }: IncidentReport): quarantine.IncidentReport {
  return {
    ...incident,
    culprit: culprit === null ? null : workerReportOf(culprit),
    suspects: suspects.map(workerReportOf),
  }
}

export function quarantineReportOf({
  reason,
  strikes,
  tenant,
  until,
  worker,
}: QuarantineRow): quarantine.QuarantineReport {
  return { tenant, worker, strikes, reason, until }
}

export function tenantReportOf({ cleanTasks, probationMs, ...row }: TenantRow): TenantReport {
  const { network, quota, tenant, tier, vouched, weight } = row
  return {
    tenant,
    tier,
    vouched,
    clean_tasks: cleanTasks,
    probation_ms: Math.round(probationMs),
    network,
    quota,
    weight,
  }
}

export function workerReportOf({ id, tenant, worker }: VersionRow): WorkerReport {
  return { tenant, worker, version: id }
}

export function tokenReportOf({ expires, id, label, role, tenant, time }: Token): TokenReport {
  return { id, role, tenant: tenant ?? null, label, time, expires: expires ?? null }
}

export function auditReportOf({ tenant, worker, ...row }: AuditRow): AuditReport {
  return { ...row, tenant: tenant ?? null, worker: worker ?? null }
}
