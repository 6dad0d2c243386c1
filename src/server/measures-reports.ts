// Measures as the admin port shows them: to those who may see everything, and to a tenant.
import {
  type Point,
  POINT_MS,
  type Slice,
  sliceOf,
  type TenantSlice,
  TOP_TENANTS,
} from '../control/measures/history.ts'
import type { HostStanding, MeasuredTenant, Measures } from '../control/measures/measures.ts'
import { type HistogramCounts, quantileMs } from '../measures/histogram.ts'
import { errorsIn, type TaskCounts, tasksIn } from '../measures/task-counts.ts'
import type { WorkerGauges } from '../wire/measures-text.ts'
import type * as shapes from './api/measures-shapes.ts'

/** Of the whole server. */
export function measuresReportOf(measures: Measures): shapes.MeasuresReport {
  const gauges = measures.workerGauges()
  const tenants = measures.tenants()
  const { creation = {}, ops = {}, pool = {}, tasks = {} } = measures.all
  return {
    since: measures.sinceMs,
    total: { ...taskMeasuresOf(tasks), ...standingOf(gauges) },
    workers: tenants.flatMap((tenant) => workersOf(tenant, gauges)),
    server: {
      hosts: measures.hosts().map(hostMeasuresOf),
      deaths: measures.deaths,
      hits: pool.hits ?? 0,
      misses: pool.misses ?? 0,
      evictions: pool.evictions ?? 0,
      ops,
      creation: Object.fromEntries(Object.entries(creation).map(([source, took]) => [source, quantilesOf(took)])),
      other_tenants: taskMeasuresOf(measures.othersOf(tenants)),
    },
  }
}

export function tenantMeasuresReportOf(measures: Measures, name: string): shapes.MeasuresReport {
  const gauges = measures.workerGauges().filter(({ tenant }) => tenant === name)
  const tenant = measures.tenant(name) ?? { tenant: name, counts: {}, workers: [], others: {} }
  return {
    since: measures.sinceMs,
    total: { ...taskMeasuresOf(tenant.counts), ...standingOf(gauges) },
    workers: workersOf(tenant, gauges),
  }
}

export function historyReportOf(points: readonly Point[]): shapes.MeasuresHistory {
  return {
    point_ms: POINT_MS,
    points: points.map(({ all, others, tenants, timeMs }) => ({
      time: timeMs,
      total: sliceReportOf(all),
      tenants: tenants.slice(0, TOP_TENANTS).map(tenantSliceOf),
      others: sliceReportOf(others),
    })),
  }
}

export function tenantHistoryReportOf(points: readonly Point[], name: string): shapes.MeasuresHistory {
  return {
    point_ms: POINT_MS,
    points: points.map(({ tenants, timeMs }) => {
      const own = sliceReportOf(tenants.find(({ tenant }) => tenant === name) ?? sliceOf({}, 0))
      return { time: timeMs, total: own, tenants: [{ tenant: name, ...own }] }
    }),
  }
}

function tenantSliceOf(slice: TenantSlice): shapes.HistoryPoint['tenants'][number] {
  return { tenant: slice.tenant, ...sliceReportOf(slice) }
}

function workersOf(
  { others, tenant, workers }: MeasuredTenant,
  gauges: readonly WorkerGauges[],
): readonly shapes.WorkerMeasures[] {
  const standing = gauges.filter((one) => one.tenant === tenant)
  const rows: shapes.WorkerMeasures[] = workers.map(({ counts, worker }) => ({
    tenant,
    worker,
    ...taskMeasuresOf(counts),
    ...standingOf(standing.filter((one) => one.worker === worker)),
  }))
  const unnamed = standing.filter((one) => !workers.some(({ worker }) => worker === one.worker))
  if (tasksIn(others) > 0 || unnamed.length > 0) {
    rows.push({ tenant, worker: null, ...taskMeasuresOf(others), ...standingOf(unnamed) })
  }
  return rows
}

function taskMeasuresOf(counts: TaskCounts): shapes.TaskMeasures {
  return {
    tasks: tasksIn(counts),
    errors: errorsIn(counts),
    outcomes: counts.outcomes ?? {},
    refused: counts.refused ?? {},
    wall: quantilesOf(counts.wall),
    wait: quantilesOf(counts.wait),
    cpu_ms: Math.round((counts.cpuUs ?? 0) / 1000),
    subrequests: counts.subrequests ?? 0,
    bytes_in: counts.bytesIn ?? 0,
    bytes_out: counts.bytesOut ?? 0,
    created: counts.created ?? {},
    retired: counts.retired ?? {},
    collections: counts.collections ?? 0,
    freed_bytes: counts.freedBytes ?? 0,
  }
}

function standingOf(gauges: readonly WorkerGauges[]): shapes.Standing {
  const sum = (read: (one: WorkerGauges) => number): number => gauges.reduce((total, one) => total + read(one), 0)
  return {
    instances: sum((one) => one.instances),
    running: sum((one) => one.running),
    queue_depth: sum((one) => one.queueDepth),
    sockets: sum((one) => one.sockets),
    heap_bytes: sum((one) => one.heapBytes),
  }
}

function hostMeasuresOf({ host, load, pool, tier }: HostStanding): shapes.HostMeasures {
  return { host, tier, utilisation: rounded(load.utilisation), in_workers: rounded(load.inWorkers), ...pool }
}

function sliceReportOf({ cpuMs, heapBytes, outcomes, p50Ms, p90Ms, p99Ms }: Slice): shapes.HistorySlice {
  return {
    tasks: tasksIn({ outcomes }),
    outcomes,
    p50_ms: shown(p50Ms),
    p90_ms: shown(p90Ms),
    p99_ms: shown(p99Ms),
    cpu_ms: cpuMs,
    heap_bytes: heapBytes,
  }
}

function quantilesOf(histogram: HistogramCounts = {}): shapes.Quantiles {
  const at = (share: number): number | null => shown(quantileMs(histogram, share))
  return { p50_ms: at(0.5), p90_ms: at(0.9), p99_ms: at(0.99) }
}

function shown(valueMs: number | undefined): number | null {
  return valueMs === undefined ? null : rounded(valueMs)
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
