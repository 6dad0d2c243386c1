// What was asked of the workers, over time and since the server started. A tenant's own sees its own.
import { useCallback } from 'react'
import type { MeasuresHistory } from '../../../../src/server/api/measures-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import type { PageProps } from '../../shell/pages.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { HistoryCharts } from './history-charts.tsx'
import './metrics.css'
import { RangeChoice, rangeOf } from './range-choice.tsx'
import { RefusalsPanel } from './refusals-panel.tsx'
import { TotalsPanel } from './totals-panel.tsx'

const HISTORY_EVERY_MS = 5000
const TOTALS_EVERY_MS = 2000

export function MetricsPage({ path: [named] }: PageProps) {
  const client = useClient()
  const minutes = rangeOf(named)
  const askHistory = useCallback(
    async () => ({ minutes, history: await client.measuresHistory({ minutes }) }),
    [client, minutes],
  )
  const askTotals = useCallback(() => client.measures(), [client])
  const history = useLive(askHistory, { everyMs: HISTORY_EVERY_MS })
  const totals = useLive(askTotals, { everyMs: TOTALS_EVERY_MS })
  const error = history.error ?? totals.error
  return (
    <>
      <h1>Metrics</h1>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {totals.value !== undefined && totals.value.server === undefined ? (
        <Notice kind="info">This token is a tenant’s: these are the figures of its own workers.</Notice>
      ) : null}
      <RangeChoice minutes={minutes} />
      {history.value === undefined ? <Loading /> : <History {...history.value} />}
      {totals.value === undefined ? null : (
        <div className="metrics-totals">
          <TotalsPanel measures={totals.value} />
          <RefusalsPanel measures={totals.value} />
        </div>
      )}
    </>
  )
}

interface HistoryProps {
  readonly minutes: number
  readonly history: MeasuresHistory
}

function History({ history, minutes }: HistoryProps) {
  // The last is not over yet, and would look like a fall.
  const over = history.points.slice(0, -1)
  if (over.some(({ total }) => total.tasks > 0)) return <HistoryCharts pointMs={history.point_ms} points={over} />
  return (
    <Notice kind="info">
      {history.points.some(({ total }) => total.tasks > 0)
        ? `The first requests have come: a point is drawn every ${history.point_ms / 1000} seconds.`
        : `No worker was asked for anything in the last ${minutes === 60 ? 'hour' : `${minutes} minutes`}.`}
    </Notice>
  )
}
