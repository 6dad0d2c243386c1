// The buttons, and what the run says. What is over within a moment replaces the run before without anything in between.
import { Facts, StatusBadge } from '../../execution/facts.tsx'
import { LogLines } from '../../execution/log-lines.tsx'
import { Output } from '../../execution/output.tsx'
import { RunError } from '../../execution/run-error.tsx'
import { Waterfall } from '../../execution/waterfall.tsx'
import type { ExecutionReport } from '../../../../src/server/api/execution-shapes.ts'
import { hrefOf } from '../../shell/location.ts'
import { duration } from '../../ui/format.ts'
import { useLate } from '../../ui/use-late.ts'
import type { Runner } from './use-run.ts'

interface RunPanelProps {
  readonly runner: Runner
  /** Undefined while there is nothing that could run. */
  readonly onRun: (() => void) | undefined
}

export function RunPanel({ onRun, runner }: RunPanelProps) {
  const { live, refusal, report } = runner
  const isLate = useLate(live !== undefined)
  return (
    <section className="panel" aria-label="Run">
      <div className="row playground-buttons">
        <button type="button" className="primary" disabled={onRun === undefined} onClick={onRun}>
          Run <kbd>{navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl'}-Enter</kbd>
        </button>
        <button type="button" disabled={!isLate} onClick={() => void runner.cancel()}>
          Cancel
        </button>
        <span role="status">
          {live !== undefined && isLate ? (
            <StatusBadge run={{ status: live.status, outcome: null }} />
          ) : (
            <span className="muted">
              {report === undefined ? '' : `${report.status} in ${duration(report.duration_ms)}`}
            </span>
          )}
        </span>
      </div>
      {live !== undefined && (isLate || live.logs.length > 0) ? (
        <>
          <h2>Logs</h2>
          <LogLines logs={live.logs} />
        </>
      ) : (
        <Ending refusal={refusal} report={report} />
      )}
    </section>
  )
}

function Ending({ refusal, report }: Pick<Runner, 'refusal' | 'report'>) {
  if (refusal !== undefined) return <RunError error={refusal} />
  if (report === undefined) return <p className="muted">What the code returns is shown here.</p>
  return <Report report={report} />
}

function Report({ report }: { readonly report: ExecutionReport }) {
  return (
    <>
      {report.error === null ? null : <RunError error={report.error} />}
      {report.outcome === 'ok' ? (
        <>
          <h2>Output</h2>
          <Output value={report.output} />
        </>
      ) : null}
      <div className="playground-facts">
        <Facts run={report} />
      </div>
      <Waterfall timings={report.timings} />
      <h2 className="playground-heading">Logs</h2>
      <LogLines logs={report.logs} />
      <p className="playground-more">
        <a href={hrefOf('executions', report.id)}>This run among the executions</a>
      </p>
    </>
  )
}
