// From points of history to lines of a chart. A chart has five colours: of more names the largest have a line each, and the
// others one together.
import type { HistoryPoint, HistorySlice } from '../../../../src/server/api/measures-shapes.ts'

export interface Line {
  readonly label: string
  readonly values: readonly (number | null)[]
}

const MOST_LINES = 5

/** How tasks ended, for each second. */
export function outcomeLines(points: readonly HistoryPoint[], pointMs: number): readonly Line[] {
  const names = [...new Set(points.flatMap(({ total }) => Object.keys(total.outcomes)))]
  const lines = names.map((name) => ({
    label: name,
    values: points.map(({ total }) => ((total.outcomes[name] ?? 0) / pointMs) * 1000),
  }))
  return largest(lines, 'all others')
}

/** A figure that adds up, tenant by tenant. */
export function tenantLines(points: readonly HistoryPoint[], read: (slice: HistorySlice) => number): readonly Line[] {
  const names = [...new Set(points.flatMap(({ tenants }) => tenants.map(({ tenant }) => tenant)))]
  const lines = names.map((name) => ({
    label: name,
    values: points.map(({ tenants }) => {
      const slice = tenants.find(({ tenant }) => tenant === name)
      return slice === undefined ? 0 : read(slice)
    }),
  }))
  // Those that no point names.
  const unnamed = points.map(({ others }) => (others === undefined ? 0 : read(others)))
  const rest = unnamed.some((value) => value > 0) ? [{ label: 'tenants seldom asked', values: unnamed }] : []
  return largest([...lines.filter(({ values }) => sumOf(values) > 0), ...rest], 'all other tenants')
}

function largest(lines: readonly SummableLine[], others: string): readonly Line[] {
  const sorted = lines.toSorted((left, right) => sumOf(right.values) - sumOf(left.values))
  if (sorted.length <= MOST_LINES) return sorted
  const rest = sorted.splice(MOST_LINES - 1)
  const values = rest.reduce<readonly number[]>(
    (sum, line) => line.values.map((value, index) => value + (sum[index] ?? 0)),
    [],
  )
  return [...sorted, { label: others, values }]
}

interface SummableLine {
  readonly label: string
  readonly values: readonly number[]
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
