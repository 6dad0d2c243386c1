import type { LiveWorkerReport } from '../../../../src/server/api/deployment-shapes.ts'
import type { WorkerMeasures } from '../../../../src/server/api/measures-shapes.ts'
import { hrefOf } from '../../shell/location.ts'
import { Badge } from '../../ui/badge.tsx'
import { count, duration, percent } from '../../ui/format.ts'
import { perSecond } from './rate.ts'
import { SparkLine } from './spark-line.tsx'
import { ratesOf, type Traffic } from './traffic.ts'

interface WorkerRowProps {
  readonly report: LiveWorkerReport
  readonly measures: WorkerMeasures | undefined
  readonly rate: number | undefined
  readonly traffic: Traffic
}

export function WorkerRow({ measures, rate, report, traffic }: WorkerRowProps) {
  const { split, tenant, version, worker } = report
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf('workers', tenant, worker)}>{worker}</a>
      </th>
      <td>{tenant}</td>
      <td className="number">{perSecond(rate)}</td>
      <td>
        <SparkLine points={ratesOf(traffic, report)} />
      </td>
      <td className="number">{count(measures?.tasks ?? 0)}</td>
      <td className="number">
        <Errors measures={measures} />
      </td>
      <td className="number">{quantile(measures?.wall.p99_ms)}</td>
      <td className="number">{measures?.instances ?? 0}</td>
      <td>
        {version}
        {split.length > 1 ? <span className="muted"> and {split.length - 1} more</span> : null}
      </td>
    </tr>
  )
}

/** How many, and of how many. */
export function Errors({ measures }: { readonly measures: WorkerMeasures | undefined }) {
  const { errors = 0, tasks = 0 } = measures ?? {}
  if (errors === 0) return '0'
  return (
    <Badge tone="bad">
      {count(errors)} ({percent(errors / tasks)})
    </Badge>
  )
}

export function quantile(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : duration(ms)
}
