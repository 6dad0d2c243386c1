// The host processes, those that serve and the one that waits.
import { useCallback } from 'react'
import type { HostReport } from '../../../../src/server/api/host-shapes.ts'
import type { HostMeasures } from '../../../../src/server/api/measures-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { bytes, count, duration, percent } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { WideTable } from '../../ui/wide-table.tsx'

const EVERY_MS = 2000
/** A turn of the event loop that took longer was felt by every task on the host. */
const LATE_MS = 100

export function HostsPanel() {
  const client = useClient()
  const ask = useCallback(async () => {
    const [{ hosts }, { server }] = await Promise.all([client.hosts(), client.measures()])
    return { hosts, measures: server?.hosts ?? [], deaths: server?.deaths ?? {} }
  }, [client])
  const { error, value } = useLive(ask, { everyMs: EVERY_MS })
  return (
    <section className="panel" aria-label="Hosts">
      <h2>Hosts</h2>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? (
        <Loading />
      ) : (
        <>
          <WideTable label="Host processes" head={<Head />}>
            {value.hosts.map((host) => (
              <HostRow key={host.id} host={host} measures={value.measures.find((one) => one.host === host.id)} />
            ))}
          </WideTable>
          <Deaths deaths={value.deaths} />
        </>
      )}
    </section>
  )
}

function Head() {
  return (
    <>
      <th scope="col">Host</th>
      <th scope="col">Tier</th>
      <th scope="col">State</th>
      <th scope="col" className="number">
        PID
      </th>
      <th scope="col" className="number">
        Up
      </th>
      <th scope="col" className="number">
        Loop lag
      </th>
      <th scope="col" className="number">
        Busy
      </th>
      <th scope="col" className="number">
        Memory
      </th>
      <th scope="col" className="number">
        Instances
      </th>
      <th scope="col" className="number">
        Running
      </th>
      <th scope="col" className="number" title="How often a host of this tier had to be started again">
        Restarts
      </th>
    </>
  )
}

interface HostRowProps {
  readonly host: HostReport
  readonly measures: HostMeasures | undefined
}

function HostRow({ host, measures }: HostRowProps) {
  return (
    <tr>
      <th scope="row">{host.id}</th>
      <td>{host.tier ?? 'spare'}</td>
      <td>
        <Badge tone={toneOf(host)}>{host.state}</Badge>
      </td>
      <td className="number">{host.pid}</td>
      <td className="number">{duration(host.uptime_ms)}</td>
      <td className={host.loop_lag_ms > LATE_MS ? 'number machine-late' : 'number'}>{duration(host.loop_lag_ms)}</td>
      <td className="number">{measures === undefined ? '–' : percent(measures.utilisation)}</td>
      <td className="number">{bytes(host.rss_bytes)}</td>
      <td className="number">{count(host.instances)}</td>
      <td className="number">{count(host.running)}</td>
      <td className="number">{host.tier === null ? '–' : count(host.restarts)}</td>
    </tr>
  )
}

function Deaths({ deaths }: { readonly deaths: Readonly<Record<string, number>> }) {
  const causes = Object.entries(deaths)
  if (causes.length === 0) return null
  return <p className="muted">Died: {causes.map(([cause, times]) => `${cause} ${times}`).join(', ')}</p>
}

function toneOf({ state, tier }: HostReport): Tone {
  if (state === 'serving') return 'good'
  if (state === 'ended') return 'bad'
  return tier === null ? 'plain' : 'warn'
}
