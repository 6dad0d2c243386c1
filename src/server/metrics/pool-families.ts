// Pools and their instances, over all hosts; places by tier, since hosts of one tier cannot use those of the other.
import type { HostStanding } from '../../control/measures/measures.ts'
import { INSTANCE_SOURCES } from '../../measures/task-counts.ts'
import { RETIREMENT_CAUSES } from '../../observer.ts'
import type { HostCounts, PoolGauges, WorkerGauges } from '../../wire/measures-text.ts'
import { TIERS } from '../api/tenant-shapes.ts'
import { byName, type Family, type Sample } from './exposition.ts'

export interface PoolSources {
  readonly counts: HostCounts
  readonly hosts: readonly HostStanding[]
  readonly workers: readonly WorkerGauges[]
}

export function poolFamilies(sources: PoolSources): readonly Family[] {
  return [...usageFamilies(sources), ...placeFamilies(sources), ...instanceFamilies(sources)]
}

function usageFamilies({ counts: { pool = {} } }: PoolSources): readonly Family[] {
  return [
    {
      name: 'isopod_pool_hits_total',
      type: 'counter',
      help: 'Warm starts: tasks that found an instance of their worker.',
      samples: [[[], pool.hits ?? 0]],
    },
    {
      name: 'isopod_pool_misses_total',
      type: 'counter',
      help: 'Cold starts: tasks that found none.',
      samples: [[[], pool.misses ?? 0]],
    },
    {
      name: 'isopod_pool_evictions_total',
      type: 'counter',
      help: 'Instances that made room for another worker.',
      samples: [[[], pool.evictions ?? 0]],
    },
  ]
}

function placeFamilies({ hosts }: PoolSources): readonly Family[] {
  const byTier = (read: (pool: PoolGauges) => number): readonly Sample<number>[] =>
    TIERS.map((tier) => {
      const pools = hosts.filter((host) => host.tier === tier)
      return [[tier], pools.reduce((sum, { pool }) => sum + read(pool), 0)]
    })
  return [
    {
      name: 'isopod_pool_max_instances',
      type: 'gauge',
      help: 'Most instances that pools may hold.',
      labels: ['tier'],
      samples: byTier(({ total }) => total),
    },
    {
      name: 'isopod_pool_cached_instances',
      type: 'gauge',
      help: 'Instances that pools hold.',
      labels: ['tier'],
      samples: byTier(({ cached }) => cached),
    },
    {
      name: 'isopod_pool_free_instances',
      type: 'gauge',
      help: 'Instances that pools could still add.',
      labels: ['tier'],
      samples: byTier(({ capacity }) => capacity),
    },
    {
      name: 'isopod_pool_reserve_instances',
      type: 'gauge',
      help: 'Blank instances that stand ready.',
      labels: ['tier'],
      samples: byTier(({ reserve }) => reserve),
    },
  ]
}

function instanceFamilies({ counts, workers }: PoolSources): readonly Family[] {
  const { creation = {}, tasks = {} } = counts
  return [
    {
      name: 'isopod_instances_created_total',
      type: 'counter',
      help: 'Instances made, by source of their isolate: the reserve, or cold where none stood ready.',
      labels: ['source'],
      samples: byName({ ...none(INSTANCE_SOURCES), ...tasks.created }),
    },
    {
      name: 'isopod_instance_creation_seconds',
      type: 'histogram',
      help: "What making an instance took: isolate, guest and the worker's own code.",
      labels: ['source'],
      samples: byName({ reserve: {}, cold: {}, ...creation }),
    },
    {
      name: 'isopod_instances_retired_total',
      type: 'counter',
      help: 'Instances given up, by cause.',
      labels: ['cause'],
      samples: byName({ ...none(RETIREMENT_CAUSES), ...tasks.retired }),
    },
    {
      name: 'isopod_active_workers',
      type: 'gauge',
      help: 'Workers that have an instance.',
      samples: [[[], workers.filter(({ instances }) => instances > 0).length]],
    },
    {
      name: 'isopod_instance_heap_bytes',
      type: 'gauge',
      help: 'Heaps of all instances.',
      samples: [[[], workers.reduce((sum, { heapBytes }) => sum + heapBytes, 0)]],
    },
    {
      name: 'isopod_open_sockets',
      type: 'gauge',
      help: "Clients' WebSockets.",
      samples: [[[], workers.reduce((sum, { sockets }) => sum + sockets, 0)]],
    },
    {
      name: 'isopod_garbage_collections_total',
      type: 'counter',
      help: 'Collections of garbage in instances at rest.',
      samples: [[[], tasks.collections ?? 0]],
    },
    {
      name: 'isopod_garbage_freed_bytes_total',
      type: 'counter',
      help: 'What these freed.',
      samples: [[[], tasks.freedBytes ?? 0]],
    },
  ]
}

/** Also those that did not happen: a rate begins with the first that does. */
function none(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, 0]))
}
