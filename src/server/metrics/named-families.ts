// The busiest workers and tenants by name, the rest as `(others)`, which no worker and no tenant can be called.
import type { MeasuredTenant } from '../../control/measures/measures.ts'
import type { TaskCounts } from '../../measures/task-counts.ts'
import type { WorkerGauges } from '../../wire/measures-text.ts'
import { type Busiest, BusiestRows, type Row } from './busiest.ts'
import type { Family, Sample } from './exposition.ts'

export interface NamedSources {
  readonly tenants: readonly MeasuredTenant[]
  readonly workers: readonly WorkerGauges[]
  /** Of all tenants, those that have no row included. */
  readonly all: TaskCounts
}

export const MAX_NAMED_WORKERS = 100
export const MAX_NAMED_TENANTS = 100
const OTHERS = '(others)'
const WORKER = ['tenant', 'worker'] as const
const TENANT = ['tenant'] as const
const OTHER_WORKERS: readonly string[] = [OTHERS, OTHERS]
const OTHER_TENANTS: readonly string[] = [OTHERS]

export class NamedFamilies {
  readonly #workers = new BusiestRows(MAX_NAMED_WORKERS)
  readonly #tenants = new BusiestRows(MAX_NAMED_TENANTS)

  families({ all, tenants, workers }: NamedSources): readonly Family[] {
    const byWorker = this.#workers.look(tenants.flatMap(workerRows), all)
    const byTenant = this.#tenants.look(tenants.map(tenantRow), all)
    return [...workerFamilies(byWorker, workers), ...tenantFamilies(byTenant, workers)]
  }
}

function workerRows({ tenant, workers }: MeasuredTenant): readonly Row[] {
  return workers.map(({ counts, worker }) => ({ key: `${tenant}/${worker}`, labels: [tenant, worker], counts }))
}

function tenantRow({ counts, tenant }: MeasuredTenant): Row {
  return { key: tenant, labels: [tenant], counts }
}

function workerFamilies(busiest: Busiest, gauges: readonly WorkerGauges[]): readonly Family[] {
  const standing = standingOf(busiest.named, {
    gauges,
    others: OTHER_WORKERS,
    keyOf: ({ tenant, worker }) => `${tenant}/${worker}`,
  })
  return [
    {
      name: 'isopod_worker_tasks_total',
      type: 'counter',
      help: 'Tasks of a worker that ended, by outcome.',
      labels: [...WORKER, 'outcome'],
      samples: outcomesOf(busiest, OTHER_WORKERS),
    },
    {
      name: 'isopod_worker_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time that tasks of a worker used.',
      labels: WORKER,
      samples: countsOf(busiest, { others: OTHER_WORKERS, read: cpuSeconds }),
    },
    {
      name: 'isopod_worker_subrequests_total',
      type: 'counter',
      help: 'Requests that tasks of a worker made.',
      labels: WORKER,
      samples: countsOf(busiest, { others: OTHER_WORKERS, read: ({ subrequests = 0 }) => subrequests }),
    },
    {
      name: 'isopod_worker_instances',
      type: 'gauge',
      help: 'Instances of a worker.',
      labels: WORKER,
      samples: standing(({ instances }) => instances),
    },
    {
      name: 'isopod_worker_running_tasks',
      type: 'gauge',
      help: 'Tasks that instances of a worker are running.',
      labels: WORKER,
      samples: standing(({ running }) => running),
    },
    {
      name: 'isopod_worker_queued_tasks',
      type: 'gauge',
      help: 'Tasks that wait for an instance of a worker.',
      labels: WORKER,
      samples: standing(({ queueDepth }) => queueDepth),
    },
    {
      name: 'isopod_worker_heap_bytes',
      type: 'gauge',
      help: 'Heaps of the instances of a worker.',
      labels: WORKER,
      samples: standing(({ heapBytes }) => heapBytes),
    },
  ]
}

function tenantFamilies(busiest: Busiest, gauges: readonly WorkerGauges[]): readonly Family[] {
  const standing = standingOf(busiest.named, { gauges, others: OTHER_TENANTS, keyOf: ({ tenant }) => tenant })
  return [
    {
      name: 'isopod_tenant_tasks_total',
      type: 'counter',
      help: "Tasks of a tenant's workers that ended, by outcome.",
      labels: [...TENANT, 'outcome'],
      samples: outcomesOf(busiest, OTHER_TENANTS),
    },
    {
      name: 'isopod_tenant_cpu_seconds_total',
      type: 'counter',
      help: "CPU time that tasks of a tenant's workers used.",
      labels: TENANT,
      samples: countsOf(busiest, { others: OTHER_TENANTS, read: cpuSeconds }),
    },
    {
      name: 'isopod_tenant_heap_bytes',
      type: 'gauge',
      help: "Heaps of the instances of a tenant's workers.",
      labels: TENANT,
      samples: standing(({ heapBytes }) => heapBytes),
    },
  ]
}

function cpuSeconds({ cpuUs = 0 }: TaskCounts): number {
  return cpuUs / 1e6
}

interface Reading {
  /** Labels of those without a name. */
  readonly others: readonly string[]
  readonly read: (counts: TaskCounts) => number
}

function countsOf(busiest: Busiest, { others, read }: Reading): readonly Sample<number>[] {
  const named = busiest.named.map(({ counts, labels }): Sample<number> => [labels, read(counts)])
  return [...named, [others, read(busiest.others)]]
}

function outcomesOf(busiest: Busiest, others: readonly string[]): readonly Sample<number>[] {
  return [
    ...busiest.named.flatMap(({ counts, labels }) => outcomeSamples(labels, counts)),
    ...outcomeSamples(others, busiest.others),
  ]
}

function outcomeSamples(labels: readonly string[], { outcomes = {} }: TaskCounts): readonly Sample<number>[] {
  return Object.entries(outcomes).map(([outcome, count]) => [[...labels, outcome], count])
}

interface Standing {
  readonly gauges: readonly WorkerGauges[]
  readonly keyOf: (worker: WorkerGauges) => string
  readonly others: readonly string[]
}

function standingOf(
  named: readonly Row[],
  { gauges, keyOf, others }: Standing,
): (read: (worker: WorkerGauges) => number) => readonly Sample<number>[] {
  const groups = Map.groupBy(gauges, keyOf)
  const names = new Set(named.map(({ key }) => key))
  const unnamed = gauges.filter((worker) => !names.has(keyOf(worker)))
  return (read) => {
    const sum = (workers: readonly WorkerGauges[] = []): number =>
      workers.reduce((total, worker) => total + read(worker), 0)
    return [...named.map(({ key, labels }): Sample<number> => [labels, sum(groups.get(key))]), [others, sum(unnamed)]]
  }
}
