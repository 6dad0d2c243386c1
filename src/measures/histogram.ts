// How long things took, as counts between fixed bounds: adding one allocates nothing, and histograms of different
// processes with the same bounds add up to one.
import { sumOf } from './counts.ts'

/** Upper bounds of the buckets in milliseconds, each included in its bucket. What lasted longer is in one more. */
export const BUCKET_BOUNDS_MS: readonly number[] = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000,
]

/** A histogram as others get it. Buckets by their place in {@link BUCKET_BOUNDS_MS}; those with nothing in them are left out. */
export type HistogramCounts = {
  readonly sumMs?: number
  readonly buckets?: Readonly<Partial<Record<string, number>>>
}

export class Histogram {
  readonly #buckets = new Float64Array(BUCKET_BOUNDS_MS.length + 1)
  #sumMs = 0

  add(valueMs: number): void {
    let bucket = 0
    // Most of what is measured is short.
    while (bucket < BUCKET_BOUNDS_MS.length && valueMs > (BUCKET_BOUNDS_MS[bucket] ?? 0)) bucket += 1
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#sumMs += valueMs
  }

  /** All that the other has. */
  absorb(other: Histogram): void {
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + (other.#buckets[bucket] ?? 0)
    }
    this.#sumMs += other.#sumMs
  }

  get isEmpty(): boolean {
    return this.#buckets.every((count) => count === 0)
  }

  counts(): HistogramCounts {
    const buckets: Record<string, number> = {}
    let isEmpty = true
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      const count = this.#buckets[bucket] ?? 0
      if (count === 0) continue
      buckets[bucket] = count
      isEmpty = false
    }
    return isEmpty ? {} : { sumMs: Math.round(this.#sumMs * 1000) / 1000, buckets }
  }
}

export function countOf({ buckets }: HistogramCounts): number {
  return sumOf(buckets)
}

/**
 * What that share of the values is not above, in milliseconds: within the bucket it falls into, values are taken to be
 * spread evenly on a scale of orders of magnitude. Undefined where there are no values.
 *
 * @param share - from 0 to 1
 */
export function quantileMs(histogram: HistogramCounts, share: number): number | undefined {
  const { buckets = {} } = histogram
  const wanted = share * countOf(histogram)
  let below = 0
  for (const [bucket, upperMs] of BUCKET_BOUNDS_MS.entries()) {
    const inside = buckets[bucket] ?? 0
    if (inside > 0 && below + inside >= wanted) return between(bucket, { upperMs, part: (wanted - below) / inside })
    below += inside
  }
  // All that is known of the rest is that it is above the last bound.
  return (buckets[BUCKET_BOUNDS_MS.length] ?? 0) > 0 ? BUCKET_BOUNDS_MS.at(-1) : undefined
}

function between(bucket: number, { upperMs, part }: { readonly upperMs: number; readonly part: number }): number {
  const lowerMs = BUCKET_BOUNDS_MS[bucket - 1]
  return lowerMs === undefined ? upperMs * part : lowerMs * (upperMs / lowerMs) ** part
}
