// Order statistics. Medians, because a shared machine's noise is one-sided.

/** The value below which a share of `sorted` (ascending) lies, by nearest rank. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))
  const value = sorted[rank]
  if (value === undefined) throw new RangeError('no samples')
  return value
}

export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

export function median(values: ArrayLike<number>): number {
  const ascending = sorted(values)
  if (ascending.length % 2 === 1) return percentile(ascending, 0.5)
  const upper = ascending[ascending.length / 2]
  return (percentile(ascending, 0.5) + (upper ?? Number.NaN)) / 2
}
