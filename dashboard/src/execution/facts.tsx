// The figures of a run that is over.
import type { ExecutionReport } from '../../../src/server/api/execution-shapes.ts'
import { Badge, outcomeTone } from '../ui/badge.tsx'
import { bytes, duration } from '../ui/format.ts'
import { Stat, Stats } from '../ui/stat.tsx'

export function Facts({ run }: { readonly run: ExecutionReport }) {
  return (
    <>
      <Stats>
        <Stat label="Outcome" value={<StatusBadge run={run} />} />
        <Stat label="Duration" value={duration(run.duration_ms)} />
        <Stat label="CPU" value={duration(run.usage.cpu_ms)} />
        <Stat label="Heap" value={bytes(run.isolate.heap_bytes)} hint="Of the isolate, when the run was over" />
        <Stat label="Isolate made in" value={duration(run.isolate.creation_ms)} />
        <Stat label="Subrequests" value={run.usage.subrequests} />
      </Stats>
      <p className="muted execution-reason">
        Ran on <strong>{run.backend}</strong>: {run.reason}
      </p>
    </>
  )
}

/** How it ended, or how far it is. */
export function StatusBadge({ run }: { readonly run: Pick<ExecutionReport, 'status' | 'outcome'> }) {
  const text = run.outcome === null || run.outcome === 'ok' ? run.status : `${run.status}: ${run.outcome}`
  return <Badge tone={outcomeTone(run.outcome ?? run.status)}>{text}</Badge>
}
