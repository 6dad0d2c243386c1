// What ran lately, the last first.
import { useCallback } from 'react'
import type { ExecutionSummary } from '../../../../src/server/api/execution-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { StatusBadge } from '../../execution/facts.tsx'
import { hrefOf } from '../../shell/location.ts'
import { bytes, duration, time } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import './executions.css'

const REFRESH_MS = 2000

export function ExecutionTable() {
  const client = useClient()
  const { error, value } = useLive(
    useCallback(() => client.executions(), [client]),
    { everyMs: REFRESH_MS },
  )
  return (
    <>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? null : <Rows executions={value.executions} />}
    </>
  )
}

function Rows({ executions }: { readonly executions: readonly ExecutionSummary[] }) {
  if (executions.length === 0) {
    return (
      <p className="muted">
        Nothing has run yet. <a href={hrefOf('playground')}>Run something</a>.
      </p>
    )
  }
  return (
    <div className="panel table-wrap" role="region" aria-label="Executions" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Execution</th>
            <th scope="col">Status</th>
            <th scope="col" className="number">
              Duration
            </th>
            <th scope="col" className="number">
              CPU
            </th>
            <th scope="col" className="number">
              Heap
            </th>
            <th scope="col">Backend</th>
            <th scope="col">Language</th>
            <th scope="col" className="number">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {executions.map((run) => (
            <tr key={run.id}>
              <td>
                <a href={hrefOf('executions', run.id)}>
                  <code>{run.id}</code>
                </a>
              </td>
              <td>
                <StatusBadge run={run} />
              </td>
              <td className="number">{duration(run.duration_ms)}</td>
              <td className="number">{duration(run.usage.cpu_ms)}</td>
              <td className="number">{bytes(run.isolate.heap_bytes)}</td>
              <td>{run.backend}</td>
              <td>{run.language}</td>
              <td className="number">{time(run.created)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
