// Counts by name, and by names of names, as JSON carries them. What is zero is left out. What two processes have counted is
// added; what was counted between two looks at one process is the difference.

/** A tree of numbers. */
export type Counts = { readonly [name: string]: number | Counts | undefined }

export function plus<T extends Counts>(left: T, right: T): T {
  const sum: Record<string, number | Counts> = {}
  for (const [name, value] of Object.entries(left)) if (value !== undefined) sum[name] = value
  for (const [name, value] of Object.entries(right)) {
    const before = sum[name]
    if (typeof value === 'number') sum[name] = value + (typeof before === 'number' ? before : 0)
    else if (value !== undefined) sum[name] = typeof before === 'object' ? plus(before, value) : value
  }
  return sum as T
}

/** Never below zero: whoever counts does not count backwards, whatever is said. */
export function minus<T extends Counts>(now: T, before: T): T {
  const difference: Record<string, number | Counts> = {}
  for (const [name, value] of Object.entries(now)) {
    const earlier = before[name]
    if (typeof value === 'number') {
      const left = value - (typeof earlier === 'number' ? earlier : 0)
      if (left > 0) difference[name] = left
    } else if (value !== undefined) {
      const left = minus(value, typeof earlier === 'object' ? earlier : {})
      if (Object.keys(left).length > 0) difference[name] = left
    }
  }
  return difference as T
}

/** One more of these. */
export function countOne<K extends string>(counts: Partial<Record<K, number>>, name: K): void {
  counts[name] = (counts[name] ?? 0) + 1
}

/** As many more as there are of each. */
export function countAll<K extends string>(counts: Partial<Record<K, number>>, more: Partial<Record<K, number>>): void {
  for (const name in more) counts[name] = (counts[name] ?? 0) + (more[name] ?? 0)
}

export function sumOf(counts: Counts = {}): number {
  let sum = 0
  for (const value of Object.values(counts)) if (typeof value === 'number') sum += value
  return sum
}
