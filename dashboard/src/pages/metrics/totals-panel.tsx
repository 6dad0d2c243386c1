// What was counted since the server started, and how things stand.
import type { MeasuresReport } from '../../../../src/server/api/measures-shapes.ts'
import { bytes, count, duration } from '../../ui/format.ts'
import { Stat, Stats } from '../../ui/stat.tsx'

export function TotalsPanel({ measures: { since, total } }: { readonly measures: MeasuresReport }) {
  return (
    <section className="panel" aria-label="Totals">
      <h2>Totals since {new Date(since).toLocaleString()}</h2>
      <Stats>
        <Stat label="Tasks" value={count(total.tasks)} />
        <Stat label="Errors" value={count(total.errors)} hint="Ended neither well nor because their caller left" />
        <Stat label="p50" value={took(total.wall.p50_ms)} />
        <Stat label="p90" value={took(total.wall.p90_ms)} />
        <Stat label="p99" value={took(total.wall.p99_ms)} />
        <Stat label="p99 of the wait" value={took(total.wait.p99_ms)} hint="Until an instance had the task" />
        <Stat label="CPU time" value={duration(total.cpu_ms)} />
        <Stat label="Subrequests" value={count(total.subrequests)} />
        <Stat label="Received" value={bytes(total.bytes_in)} />
        <Stat label="Sent" value={bytes(total.bytes_out)} />
      </Stats>
      <h2 className="metrics-now">At this moment</h2>
      <Stats>
        <Stat label="Instances" value={count(total.instances)} />
        <Stat label="Running" value={count(total.running)} />
        <Stat label="Waiting" value={count(total.queue_depth)} />
        <Stat label="WebSockets" value={count(total.sockets)} />
        <Stat label="Heap" value={bytes(total.heap_bytes)} />
      </Stats>
    </section>
  )
}

function took(valueMs: number | null): string {
  return valueMs === null ? '–' : duration(valueMs)
}
