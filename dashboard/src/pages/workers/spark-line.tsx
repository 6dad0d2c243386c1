// The course of a figure, as small as a word. The figure itself stands beside it.
import type { RatePoint } from './traffic.ts'

const WIDTH = 96
const HEIGHT = 24

export function SparkLine({ points }: { readonly points: readonly RatePoint[] }) {
  const first = points[0]?.timeMs ?? 0
  const span = Math.max(1, (points.at(-1)?.timeMs ?? 0) - first)
  const top = Math.max(...points.map(({ rate }) => rate), 0.001)
  const line = points
    .map(
      ({ rate, timeMs }) =>
        `${(((timeMs - first) / span) * WIDTH).toFixed(1)},${(HEIGHT - 1 - (rate / top) * (HEIGHT - 2)).toFixed(1)}`,
    )
    .join(' ')
  return (
    <svg className="workers-spark" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <polyline points={line} />
    </svg>
  )
}
