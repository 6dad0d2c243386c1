// Deaths of hosts, the latest first.
import { useCallback } from 'react'
import type { IncidentReport } from '../../../../src/server/api/quarantine-shapes.ts'
import type { WorkerReport } from '../../../../src/server/api/worker-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Badge } from '../../ui/badge.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'

const EVERY_MS = 3000

export function IncidentsPanel() {
  const client = useClient()
  const ask = useCallback(async () => (await client.incidents()).incidents, [client])
  const { error, value } = useLive(ask, { everyMs: EVERY_MS })
  return (
    <section className="panel" aria-label="Incidents">
      <h2>Incidents</h2>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? <Loading /> : null}
      {value?.length === 0 ? <p className="muted">No host has died.</p> : null}
      <ul className="machine-incidents">
        {value?.map((incident) => (
          <Incident key={`${incident.time} ${incident.pid}`} incident={incident} />
        ))}
      </ul>
    </section>
  )
}

function Incident({ incident }: { readonly incident: IncidentReport }) {
  const { cause, culprit, detail, host, pid, signal, suspects, tier, time } = incident
  return (
    <li>
      <div className="row">
        <Badge tone={culprit === null ? 'warn' : 'bad'}>{cause}</Badge>
        <strong>
          Host {host} ({tier}, pid {pid}){signal === null ? '' : ` by ${signal}`}
        </strong>
        <span className="muted">{new Date(time).toLocaleString()}</span>
      </div>
      {detail === '' ? null : <div>{detail}</div>}
      {culprit === null ? null : <div>Blamed: {named(culprit)}</div>}
      {suspects.length === 0 ? null : <div>Suspected: {suspects.map(named).join(', ')}</div>}
    </li>
  )
}

function named({ tenant, version, worker }: WorkerReport): string {
  return `${tenant}/${worker}, version ${version}`
}
