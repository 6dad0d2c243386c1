// Where the time of a run went: its phases one after the other, on one scale.
import type { ExecutionTimings } from '../../../src/server/api/execution-shapes.ts'
import { duration } from '../ui/format.ts'
import './execution.css'

const PHASES = [
  { key: 'queue_ms', label: 'Queue' },
  { key: 'create_ms', label: 'Create' },
  { key: 'load_ms', label: 'Load' },
  { key: 'run_ms', label: 'Run' },
] as const

export function Waterfall({ timings }: { readonly timings: ExecutionTimings }) {
  const totalMs = PHASES.reduce((sum, { key }) => sum + timings[key], 0)
  const percentOf = (ms: number): string => `${totalMs === 0 ? 0 : (ms / totalMs) * 100}%`
  let startMs = 0
  return (
    <table className="execution-waterfall">
      <caption>Where the time went</caption>
      <tbody>
        {PHASES.map(({ key, label }) => {
          const left = percentOf(startMs)
          startMs += timings[key]
          return (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td className="execution-waterfall-lane">
                <div
                  className={`execution-bar execution-bar-${label.toLowerCase()}`}
                  style={{ marginLeft: left, width: percentOf(timings[key]) }}
                />
              </td>
              <td className="number">{duration(timings[key])}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
