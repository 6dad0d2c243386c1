// A chart and, for those who do not see it, the figures it ends with and those it rose to.
import { useMemo } from 'react'
import { Chart, type Series } from '../../ui/chart.tsx'
import type { Line } from './lines.ts'

interface ChartPanelProps {
  readonly title: string
  /** Unix times in seconds, rising. */
  readonly times: readonly number[]
  readonly lines: readonly Line[]
  /** The same function each time. */
  readonly format: (value: number) => string
}

export function ChartPanel({ format, lines, times, title }: ChartPanelProps) {
  const series = useMemo(
    (): readonly Series[] =>
      lines.map(({ label, values }, index) => ({ label, values, color: `--chart-${index + 1}` })),
    [lines],
  )
  return (
    <section className="panel metrics-chart" aria-label={title}>
      <Chart title={title} times={times} series={series} format={format} />
      <table aria-label={`${title}: figures`}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col" className="number">
              Last
            </th>
            <th scope="col" className="number">
              Highest
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number">{shown(values.at(-1), format)}</td>
              <td className="number">{shown(highest(values), format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce((most, value) => (value === null || (most !== null && most > value) ? most : value), null)
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value)
}
