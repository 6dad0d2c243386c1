// The live workers with their traffic, the busiest first.
import { useCallback, useId, useState } from 'react'
import type { LiveWorkerReport } from '../../../../src/server/api/deployment-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TotalTraffic } from './total-traffic.tsx'
import type { Traffic } from './traffic.ts'
import { measuresOf, rateOf } from './traffic.ts'
import { WorkerRow } from './worker-row.tsx'

const EVERY_MS = 5000
/** More are found by the filter: nobody reads further, and a browser draws no further in no time. */
const MAX_ROWS = 200

export function WorkerList({ traffic }: { readonly traffic: Traffic }) {
  const client = useClient()
  const workers = useLive(
    useCallback(() => client.workers(), [client]),
    { everyMs: EVERY_MS },
  )
  const [filter, setFilter] = useState('')
  const id = useId()
  return (
    <>
      <h1>Workers</h1>
      <TotalTraffic />
      <div className="panel">
        <label htmlFor={id}>Filter by tenant or name</label>
        <input id={id} type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
      </div>
      {traffic.report.error === undefined ? null : <Notice kind="error">{traffic.report.error.message}</Notice>}
      <Awaited live={workers}>{(value) => <Rows all={value.workers} filter={filter} traffic={traffic} />}</Awaited>
    </>
  )
}

interface RowsProps {
  readonly all: readonly LiveWorkerReport[]
  readonly filter: string
  readonly traffic: Traffic
}

function Rows({ all, filter, traffic }: RowsProps) {
  const wanted = filter.trim().toLowerCase()
  const found = all.filter(({ tenant, worker }) => `${tenant}/${worker}`.toLowerCase().includes(wanted))
  if (all.length === 0) {
    return (
      <Notice kind="info">
        There is no worker yet. <code>isopod deploy</code> in a project brings one here.
      </Notice>
    )
  }
  if (found.length === 0) return <Notice kind="info">No worker has “{filter}” in its name, or its tenant’s.</Notice>
  const shown = found
    .map((report) => ({
      report,
      measures: measuresOf(traffic, report),
      rate: rateOf(traffic, report),
    }))
    .toSorted(
      (a, b) =>
        (b.rate ?? 0) - (a.rate ?? 0) ||
        (b.measures?.tasks ?? 0) - (a.measures?.tasks ?? 0) ||
        a.report.worker.localeCompare(b.report.worker),
    )
    .slice(0, MAX_ROWS)
  return (
    <div className="panel table-wrap" tabIndex={0} role="region" aria-label="Live workers">
      <table>
        <thead>
          <tr>
            <th scope="col">Worker</th>
            <th scope="col">Tenant</th>
            <th scope="col" className="number">
              Requests
            </th>
            <th scope="col">Last 5 min</th>
            <th scope="col" className="number">
              Total
            </th>
            <th scope="col" className="number">
              Errors
            </th>
            <th scope="col" className="number">
              p99
            </th>
            <th scope="col" className="number">
              Instances
            </th>
            <th scope="col">Version</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ measures, rate, report }) => (
            <WorkerRow key={`${report.tenant}/${report.worker}`} {...{ measures, rate, report, traffic }} />
          ))}
        </tbody>
      </table>
      {found.length > shown.length ? (
        <p className="muted">
          {shown.length} of {found.length} are shown: filter for the others.
        </p>
      ) : null}
    </div>
  )
}
