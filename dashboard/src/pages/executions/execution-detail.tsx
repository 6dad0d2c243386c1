// One run: what it was, how it ended, and what it used. It is asked for again until it is over.
import { useCallback, useEffect, useMemo } from 'react'
import type { ExecutionReport } from '../../../../src/server/api/execution-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { CodeEditor } from '../../editor/code-editor.tsx'
import { Facts } from '../../execution/facts.tsx'
import { LogLines } from '../../execution/log-lines.tsx'
import { Output } from '../../execution/output.tsx'
import { markersOf, RunError } from '../../execution/run-error.tsx'
import { isUnderWay } from '../../execution/under-way.ts'
import { Waterfall } from '../../execution/waterfall.tsx'
import { hrefOf } from '../../shell/location.ts'
import { Notice } from '../../ui/notice.tsx'
import './executions.css'

const REFRESH_MS = 500

export function ExecutionDetail({ id }: { readonly id: string }) {
  const client = useClient()
  const { error, refresh, value } = useLive(useCallback(() => client.execution({ id }), [client, id]))
  const isRunning = value !== undefined && isUnderWay(value.status)
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(() => void refresh(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [isRunning, refresh])
  return (
    <>
      <p>
        <a href={hrefOf('executions')}>All executions</a>
      </p>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? null : (
        <>
          <div className="row executions-head">
            <h2>
              <code>{value.id}</code>
            </h2>
            <a href={hrefOf('playground', value.id)}>Open in the playground</a>
            {isRunning ? (
              <button type="button" onClick={() => void client.cancelExecution({ id }).then(refresh, refresh)}>
                Cancel
              </button>
            ) : null}
          </div>
          <Run run={value} />
        </>
      )}
    </>
  )
}

function Run({ run }: { readonly run: ExecutionReport }) {
  const markers = useMemo(() => markersOf(run.error), [run.error])
  return (
    <div className="executions-run">
      <div>
        <section className="panel" aria-label="Figures">
          <Facts run={run} />
          <p className="muted executions-when">
            {run.language}, {new Date(run.created).toLocaleString()}
          </p>
          <Waterfall timings={run.timings} />
        </section>
        <section className="panel">
          <h2>Logs</h2>
          <LogLines logs={run.logs} />
        </section>
      </div>
      <div>
        {run.error === null ? null : <RunError error={run.error} />}
        <section className="panel">
          <h2>Code</h2>
          <CodeEditor label="Code" value={run.code} markers={markers} />
        </section>
        {run.input === null ? null : (
          <section className="panel">
            <h2>Input</h2>
            <pre>{JSON.stringify(run.input, undefined, 2)}</pre>
          </section>
        )}
        {run.outcome === 'ok' ? (
          <section className="panel">
            <h2>Output</h2>
            <Output value={run.output} />
          </section>
        ) : null}
      </div>
    </div>
  )
}
