// How a pool stands at this moment: in all, and worker by worker.
import type { PoolStats } from '../../stats.ts'
import type { PoolGauges, WorkerGauges } from '../../wire/measures-text.ts'

export function poolGauges({ cached, capacity, reserve, total, waiting }: PoolStats): PoolGauges {
  return { total, cached, capacity, waiting, reserve }
}

export function workerGauges({ entries }: PoolStats): readonly WorkerGauges[] {
  const gauges = new Map<string, WorkerGauges>()
  for (const { heapBytes, queueDepth, running, sockets, tenant, worker } of entries) {
    const key = `${tenant}/${worker}`
    const before = gauges.get(key)
    gauges.set(key, {
      tenant,
      worker,
      instances: (before?.instances ?? 0) + 1,
      running: (before?.running ?? 0) + running,
      queueDepth: (before?.queueDepth ?? 0) + queueDepth,
      sockets: (before?.sockets ?? 0) + sockets,
      heapBytes: (before?.heapBytes ?? 0) + heapBytes,
    })
  }
  return [...gauges.values()]
}
