// The charts of the last minutes.
import { useMemo } from 'react'
import type { HistoryPoint } from '../../../../src/server/api/measures-shapes.ts'
import { bytes, duration, perSecond } from '../../ui/format.ts'
import { ChartPanel } from './chart-panel.tsx'
import { outcomeLines, tenantLines } from './lines.ts'

interface HistoryChartsProps {
  readonly points: readonly HistoryPoint[]
  readonly pointMs: number
}

export function HistoryCharts({ pointMs, points }: HistoryChartsProps) {
  const charts = useMemo(
    () => ({
      times: points.map(({ time }) => time / 1000),
      requests: [{ label: 'tasks', values: points.map(({ total }) => (total.tasks / pointMs) * 1000) }],
      outcomes: outcomeLines(points, pointMs),
      latency: [
        { label: 'p50', values: points.map(({ total }) => total.p50_ms) },
        { label: 'p90', values: points.map(({ total }) => total.p90_ms) },
        { label: 'p99', values: points.map(({ total }) => total.p99_ms) },
      ],
      cpu: tenantLines(points, (slice) => slice.cpu_ms / pointMs),
      memory: tenantLines(points, (slice) => slice.heap_bytes),
    }),
    [points, pointMs],
  )
  const { cpu, latency, memory, outcomes, requests, times } = charts
  return (
    <div className="metrics-charts">
      <ChartPanel title="Request rate" times={times} lines={requests} format={perSecond} />
      <ChartPanel title="Outcomes" times={times} lines={outcomes} format={perSecond} />
      <ChartPanel title="Latency" times={times} lines={latency} format={duration} />
      <ChartPanel title="CPU by tenant, of one core" times={times} lines={cpu} format={ofOneCore} />
      <ChartPanel title="Memory by tenant" times={times} lines={memory} format={bytes} />
    </div>
  )
}

/** Few workers use much of a core: what is below a percent is told to the hundredth. */
function ofOneCore(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`
}
