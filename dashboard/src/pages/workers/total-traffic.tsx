// Requests of all workers that one may see, over the last quarter of an hour.
import { useCallback } from 'react'
import type { HistoryPoint } from '../../../../src/server/api/measures-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Chart } from '../../ui/chart.tsx'
import { perSecond } from './rate.ts'

const EVERY_MS = 10_000
const MINUTES = 15

export function TotalTraffic() {
  const client = useClient()
  const history = useLive(
    useCallback(() => client.measuresHistory({ minutes: MINUTES }), [client]),
    { everyMs: EVERY_MS },
  )
  return (
    <div className="panel">
      <Awaited live={history}>
        {({ point_ms: pointMs, points }) => {
          // The last is not over yet.
          const over = points.slice(0, -1)
          const rates = (read: (point: HistoryPoint) => number): number[] =>
            over.map((point) => (read(point) * 1000) / pointMs)
          if (over.length < 2)
            return <p className="muted">Traffic is drawn here once the server has run for a while.</p>
          return (
            <Chart
              title="Requests a second, last 15 minutes"
              times={over.map(({ time }) => time / 1000)}
              format={perSecond}
              heightPx={150}
              series={[
                { label: 'all', color: '--chart-1', values: rates(({ total }) => total.tasks) },
                {
                  label: 'not ok',
                  color: '--chart-2',
                  values: rates(({ total }) => total.tasks - (total.outcomes['ok'] ?? 0)),
                },
              ]}
            />
          )
        }}
      </Awaited>
    </div>
  )
}
