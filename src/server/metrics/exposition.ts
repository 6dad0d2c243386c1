// Prometheus's text format. A library for it counts by itself; what is written here was counted elsewhere, and histograms come
// with their buckets filled. https://prometheus.io/docs/instrumenting/exposition_formats/
import { BUCKET_BOUNDS_MS, countOf, type HistogramCounts } from '../../measures/histogram.ts'

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Values of the family's labels, in their order, and what is measured of what they name. */
export type Sample<V> = readonly [labelValues: readonly string[], value: V]

interface Described<V> {
  readonly name: string
  /** One sentence; docs/operations.md has the same. */
  readonly help: string
  /** Names; none unless given. */
  readonly labels?: readonly string[]
  readonly samples: readonly Sample<V>[]
}

/** All that has one name: a number, or a histogram, for each combination of labels. */
export type Family =
  | ({ readonly type: 'counter' | 'gauge' } & Described<number>)
  | ({ readonly type: 'histogram' } & Described<HistogramCounts>)

export function expositionOf(families: readonly Family[]): string {
  const lines: string[] = []
  for (const family of families) {
    const { help, name, type } = family
    lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`)
    if (family.type === 'histogram') for (const sample of family.samples) addHistogram(lines, family, sample)
    else for (const [values, value] of family.samples) lines.push(`${name}${labelsOf(family, values)} ${value}`)
  }
  return `${lines.join('\n')}\n`
}

/** Each bucket has all that is not above its bound, in seconds. */
function addHistogram(lines: string[], family: Family, [values, histogram]: Sample<HistogramCounts>): void {
  const { buckets = {}, sumMs = 0 } = histogram
  const { name } = family
  let count = 0
  for (const [bucket, boundMs] of BUCKET_BOUNDS_MS.entries()) {
    count += buckets[bucket] ?? 0
    lines.push(`${name}_bucket${labelsOf(family, values, String(boundMs / 1000))} ${count}`)
  }
  const labels = labelsOf(family, values)
  lines.push(
    `${name}_bucket${labelsOf(family, values, '+Inf')} ${countOf(histogram)}`,
    `${name}_sum${labels} ${sumMs / 1000}`,
    `${name}_count${labels} ${countOf(histogram)}`,
  )
}

function labelsOf({ labels = [] }: Family, values: readonly string[], le?: string): string {
  const pairs = labels.map((label, place) => `${label}="${escaped(values[place] ?? '')}"`)
  if (le !== undefined) pairs.push(`le="${le}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}

/** A sample for each name. */
export function byName<V>(values: Readonly<Partial<Record<string, V>>>): readonly Sample<V>[] {
  return Object.entries(values).flatMap(([name, value]): Sample<V>[] => (value === undefined ? [] : [[[name], value]]))
}
