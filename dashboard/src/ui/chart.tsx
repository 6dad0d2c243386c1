// Lines over time, drawn by uPlot in the colours of the page.
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface Series {
  readonly label: string
  /** A custom property of the theme, such as `--chart-1`. */
  readonly color: string
  readonly values: readonly (number | null)[]
}

interface ChartProps {
  /** Says what is seen, to those who do not see it. */
  readonly title: string
  /** Unix times in seconds, rising. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
  readonly format: (value: number) => string
  readonly heightPx?: number
}

export function Chart({ format, heightPx = 180, series, times, title }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const shape = series.map(({ color, label }) => `${label}${color}`).join('|')
  const data: uPlot.AlignedData = [[...times], ...series.map(({ values }) => [...values])]
  const latest = useRef(data)
  latest.current = data

  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const draw = (): void => {
      plot.current?.destroy()
      const color = (name: string): string => getComputedStyle(element).getPropertyValue(name)
      const axis = { stroke: color('--muted'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } }
      plot.current = new uPlot(
        {
          width: element.clientWidth,
          height: heightPx,
          cursor: { points: { size: 6 } },
          scales: { y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
          axes: [axis, { ...axis, size: 64, values: (_plot, ticks) => ticks.map(format) }],
          series: [
            {},
            ...series.map((one) => ({
              label: one.label,
              stroke: color(one.color),
              width: 1.5,
              value: (_plot: uPlot, value: number | null) => (value === null ? '–' : format(value)),
            })),
          ],
        },
        latest.current,
        element,
      )
    }
    draw()
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: heightPx }))
    observer.observe(element)
    addEventListener('themechange', draw)
    return () => {
      observer.disconnect()
      removeEventListener('themechange', draw)
      plot.current?.destroy()
      plot.current = undefined
    }
    // `series` is another array each time; its shape says when the chart is another.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shape, heightPx, format])

  useEffect(() => {
    plot.current?.setData(latest.current)
  }, [times, series])

  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div ref={place} role="img" aria-label={title} />
    </figure>
  )
}
