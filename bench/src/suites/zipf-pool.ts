// 1,000 workers under Zipf traffic over a pool of 200: how close the pool's hit rate comes to a perfect LRU's.
import { type Measurement, measurement } from '../result.ts'
import { lruHitRate } from '../simulated-lru.ts'
import type { Suite } from '../suite.ts'
import { zipfSampler } from '../zipf.ts'

const WORKERS = 1000
const POOL_SIZE = 200
const EXPONENTS = [1, 1.5] as const

export const zipfPool: Suite = async ({ quick }) => {
  const warmUp = quick ? 1000 : 2000
  const requests = quick ? 4000 : 10_000
  return EXPONENTS.map((exponent): Measurement => {
    const sample = zipfSampler({ size: WORKERS, exponent, seed: 1 })
    const keys = Uint32Array.from({ length: warmUp + requests }, () => sample())
    const simulated = lruHitRate(keys, { capacity: POOL_SIZE, from: warmUp })
    return measurement(`zipf-pool/simulated-lru-s${exponent}`, [simulated], { unit: 'hit rate' })
  })
}
