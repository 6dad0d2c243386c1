// Order statistics. Medians, because a shared machine's noise is one-sided.

/** The value below which a share of `ascending` values lies, by nearest rank. */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  const rank = Math.min(ascending.length - 1, Math.max(0, Math.ceil(share * ascending.length) - 1))
  const value = ascending[rank]
  if (value === undefined) throw new RangeError('no samples')
  return value
}

export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).toSorted()
}

export function median(values: ArrayLike<number>): number {
  const ascending = sorted(values)
  if (ascending.length % 2 === 1) return percentile(ascending, 0.5)
  const upper = ascending[ascending.length / 2]
  return (percentile(ascending, 0.5) + (upper ?? Number.NaN)) / 2
}
