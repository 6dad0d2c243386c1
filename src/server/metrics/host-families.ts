// Host processes. By tier, not by host: each replacement is a new one, and would begin new series.
import type { HostStanding } from '../../control/measures/measures.ts'
import type { HostStatus } from '../../wire/host-status.ts'
import type { DeathCause } from '../../wire/incident.ts'
import type { HostCounts } from '../../wire/measures-text.ts'
import { TIERS } from '../api/tenant-shapes.ts'
import { byName, type Family, type Sample } from './exposition.ts'

export interface HostSources {
  readonly statuses: readonly HostStatus[]
  readonly standings: readonly HostStanding[]
  readonly deaths: Readonly<Partial<Record<DeathCause, number>>>
  readonly counts: HostCounts
}

const NO_DEATHS: Readonly<Record<DeathCause, number>> = {
  stuck: 0,
  memory: 0,
  abort: 0,
  oom: 0,
  killed: 0,
  unresponsive: 0,
  exited: 0,
}

/** Processes that wait to take the place of a host are of no tier. */
const SPARE = 'spare'
const ROLES = [...TIERS, SPARE] as const
const STATES = ['starting', 'booted', 'opening', 'serving', 'leaving'] as const

export function hostFamilies({ counts: { thread = {} }, deaths, standings, statuses }: HostSources): readonly Family[] {
  const byRole = (read: (hosts: readonly HostStatus[]) => number): readonly Sample<number>[] =>
    ROLES.map((role) => [[role], read(statuses.filter(({ tier }) => (tier ?? SPARE) === role))])
  return [
    {
      name: 'isopod_hosts',
      type: 'gauge',
      help: 'Host processes, by role (main, probation, spare) and state.',
      labels: ['role', 'state'],
      samples: ROLES.flatMap((role) =>
        STATES.map((state): Sample<number> => {
          const there = statuses.filter((host) => (host.tier ?? SPARE) === role && host.state === state)
          return [[role, state], there.length]
        }),
      ),
    },
    {
      name: 'isopod_host_deaths_total',
      type: 'counter',
      help: 'Hosts that died and had to be started again, by cause.',
      labels: ['cause'],
      samples: byName({ ...NO_DEATHS, ...deaths }),
    },
    {
      name: 'isopod_host_resident_memory_bytes',
      type: 'gauge',
      help: 'Memory of host processes, by role.',
      labels: ['role'],
      samples: byRole((hosts) => hosts.reduce((sum, { rssBytes }) => sum + rssBytes, 0)),
    },
    {
      name: 'isopod_host_loop_lag_seconds',
      type: 'gauge',
      help: 'How late an event loop was at worst in the last second, of the worst host.',
      labels: ['role'],
      samples: byRole((hosts) => Math.max(0, ...hosts.map(({ loopLagMs }) => loopLagMs)) / 1000),
    },
    {
      name: 'isopod_host_utilisation_ratio',
      type: 'gauge',
      help: 'Share of the time in which the thread that runs workers was busy of late, of the busiest host.',
      labels: ['tier'],
      samples: TIERS.map((tier) => {
        const hosts = standings.filter((host) => host.tier === tier)
        return [[tier], Math.max(0, ...hosts.map(({ load }) => load.utilisation))]
      }),
    },
    {
      name: 'isopod_host_thread_seconds_total',
      type: 'counter',
      help: 'What threads that run workers did with their time: busy, or idle.',
      labels: ['state'],
      samples: byName({ busy: (thread.activeMs ?? 0) / 1000, idle: (thread.idleMs ?? 0) / 1000 }),
    },
    {
      name: 'isopod_host_worker_seconds_total',
      type: 'counter',
      help: 'The part of their busy time within workers.',
      samples: [[[], (thread.entriesUs ?? 0) / 1e6]],
    },
  ]
}
