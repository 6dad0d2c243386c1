import type { TaskReport } from '../../../../src/server/api/log-shapes.ts'
import { Badge, outcomeTone } from '../../ui/badge.tsx'
import { duration, time } from '../../ui/format.ts'

export function TailTask({ task }: { readonly task: TaskReport }) {
  const { cpu_us: cpuUs, error, logs, outcome, request, status, type, version, wall_ms: wallMs } = task
  return (
    <li>
      <div className="row">
        <span className="muted">{time(task.time)}</span>
        <Badge tone={outcomeTone(outcome)}>{outcome}</Badge>
        {status === undefined ? null : <Badge tone={status >= 500 ? 'bad' : 'plain'}>{status}</Badge>}
        <span className="workers-url">{request === undefined ? type : `${request.method} ${request.url}`}</span>
        <span className="muted">
          {duration(wallMs)}, CPU {duration(cpuUs / 1000)}, {version}
        </span>
      </div>
      {error === undefined ? null : <pre className="workers-error">{error.stack ?? error.message}</pre>}
      {logs.length === 0 ? null : (
        <pre>{logs.map(({ level, message }) => `${level.padEnd(5)} ${message}`).join('\n')}</pre>
      )}
    </li>
  )
}
