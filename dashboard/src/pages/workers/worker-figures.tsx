import type { WorkerParams } from '../../../../src/server/api/worker-shapes.ts'
import { Chart } from '../../ui/chart.tsx'
import { bytes, count, duration } from '../../ui/format.ts'
import { Stat, Stats } from '../../ui/stat.tsx'
import { perSecond } from './rate.ts'
import { measuresOf, rateOf, ratesOf, type Traffic } from './traffic.ts'
import { Errors, quantile } from './worker-row.tsx'

interface WorkerFiguresProps {
  readonly worker: WorkerParams
  readonly traffic: Traffic
}

/** Of two or three no course can be seen. */
const ENOUGH_POINTS = 5

export function WorkerFigures({ traffic, worker }: WorkerFiguresProps) {
  const measures = measuresOf(traffic, worker)
  const points = ratesOf(traffic, worker)
  return (
    <div className="panel">
      <Stats>
        <Stat label="Requests" value={perSecond(rateOf(traffic, worker))} hint="In the last minute" />
        <Stat label="Total" value={count(measures?.tasks ?? 0)} hint="Since the server was started" />
        <Stat label="Errors" value={<Errors measures={measures} />} />
        <Stat label="p50" value={quantile(measures?.wall.p50_ms)} hint="From acceptance to the end" />
        <Stat label="p99" value={quantile(measures?.wall.p99_ms)} hint="From acceptance to the end" />
        <Stat label="Waiting p99" value={quantile(measures?.wait.p99_ms)} hint="Until an instance had it" />
        <Stat label="CPU" value={duration(measures?.cpu_ms ?? 0)} />
        <Stat label="Instances" value={measures?.instances ?? 0} />
        <Stat label="Heap" value={bytes(measures?.heap_bytes ?? 0)} />
      </Stats>
      {points.length < ENOUGH_POINTS ? null : (
        <Chart
          title="Requests a second since this page was opened"
          times={points.map(({ timeMs }) => timeMs / 1000)}
          format={perSecond}
          heightPx={150}
          series={[{ label: 'requests', color: '--chart-1', values: points.map(({ rate }) => rate) }]}
        />
      )}
    </div>
  )
}
