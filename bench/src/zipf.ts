// Zipf traffic: the k-th most popular of n things is asked for with a probability proportional to 1 / k^s.
import { seededRandom } from './random.ts'

export interface ZipfOptions {
  /** How many things there are. */
  readonly size: number
  /** The exponent s; larger is more skewed. */
  readonly exponent: number
  readonly seed: number
}

/** Ranks from 0 (most popular) to size − 1, by inversion of the exact distribution function. */
export function zipfSampler({ size, exponent, seed }: ZipfOptions): () => number {
  const cumulative = new Float64Array(size)
  let total = 0
  for (let rank = 0; rank < size; rank += 1) {
    total += (rank + 1) ** -exponent
    cumulative[rank] = total
  }
  const random = seededRandom(seed)
  return () => {
    const point = random() * total
    let low = 0
    let high = size - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((cumulative[middle] ?? total) <= point) low = middle + 1
      else high = middle
    }
    return low
  }
}
