// Results for people.
import { keepsBudget, type Measurement } from './result.ts'

function figure(value: number): string {
  return value.toPrecision(Math.abs(value) >= 1000 ? Math.ceil(Math.log10(Math.abs(value))) : 3)
}

function ratioTexts({ value, unit, atMost, atLeast, ratios }: Measurement): readonly string[] {
  const own = [
    ...(atMost === undefined ? [] : [`budget ≤ ${atMost} ${unit}${value <= atMost ? '' : ' MISSED'}`]),
    ...(atLeast === undefined ? [] : [`budget ≥ ${atLeast} ${unit}${value >= atLeast ? '' : ' MISSED'}`]),
  ]
  return [
    ...own,
    ...ratios.map(({ baseline, ratio, atMost: most, atLeast: least }) => {
      const missed = (most !== undefined && ratio > most) || (least !== undefined && ratio < least)
      const bound = most === undefined ? (least === undefined ? '' : ` (≥ ${least})`) : ` (≤ ${most})`
      return `${ratio.toFixed(2)} × ${baseline}${bound}${missed ? ' MISSED' : ''}`
    }),
  ]
}

/** One line per measurement; a mark says whether its budgets are kept. */
export function tableOf(measurements: readonly Measurement[]): string {
  const rows = measurements.map((each) => {
    const kept = keepsBudget(each)
    const mark = kept === undefined ? ' ' : kept ? '✓' : '✗'
    const details = Object.entries(each.details ?? {}).map(([name, value]) => `${name} ${figure(value)}`)
    const span = each.samples === 1 ? '' : `${figure(each.min)}–${figure(each.max)}`
    return [
      mark,
      each.name,
      `${figure(each.value)} ${each.unit}`,
      span,
      ratioTexts(each).join(', '),
      details.join(', '),
    ]
  })
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
