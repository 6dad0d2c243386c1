// What a run has logged, the latest of it where it is much.
import type { ExecutionLog } from '../../../src/server/api/execution-shapes.ts'
import { count, duration } from '../ui/format.ts'
import './execution.css'

const MOST_LINES = 500

export function LogLines({ logs }: { readonly logs: readonly ExecutionLog[] }) {
  const hidden = Math.max(logs.length - MOST_LINES, 0)
  if (logs.length === 0) return <p className="muted">No logs.</p>
  return (
    <div className="execution-logs" role="log" aria-label="Logs" tabIndex={0}>
      {hidden > 0 ? <p className="muted">{count(hidden)} earlier lines are not shown.</p> : null}
      {logs.slice(hidden).map((log, i) => (
        <div key={hidden + i} className={`execution-log execution-log-${log.level}`}>
          <span className="execution-log-time">{duration(log.time_ms)}</span>
          <span className="execution-log-level">{log.level}</span>
          <span className="execution-log-message">{log.message}</span>
        </div>
      ))}
    </div>
  )
}
