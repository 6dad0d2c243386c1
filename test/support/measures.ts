// What hosts count, and what a server says of it.
import type { MeasuresReport, WorkerMeasures } from '../../src/server/api/measures-shapes.ts'
import type { TaskRecord } from '../../src/task.ts'
import type { PoolStats } from '../../src/stats.ts'
import { callApi } from './admin-api.ts'
import type { TestFleet } from './fleet.ts'

export const EMPTY_POOL: PoolStats = {
  total: 10,
  cached: 0,
  capacity: 10,
  hitRate: 0,
  hits: 0,
  misses: 0,
  evictions: 0,
  waiting: 0,
  reserve: 0,
  entries: [],
}

export function recordOf(tenant: string, worker: string, rest: Partial<TaskRecord> = {}): TaskRecord {
  const usage = {
    cpuUs: 500,
    wallMs: 3,
    queueMs: 1,
    heapBytes: 0,
    subrequests: 1,
    bytesIn: 10,
    bytesOut: 20,
    bytesSent: 5,
  }
  return { tenant, worker, version: 'v1', type: 'fetch', outcome: 'ok', usage, logs: [], ...rest }
}

export async function measuresOf(fleet: TestFleet): Promise<MeasuresReport> {
  return (await callApi(fleet.serve.adminPort, 'GET /api/measures')).body as MeasuresReport
}

export function workerIn({ workers }: MeasuresReport, name: string): WorkerMeasures | undefined {
  return workers.find(({ worker }) => worker === name)
}
