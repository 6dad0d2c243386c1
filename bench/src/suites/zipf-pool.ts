// 1,000 workers under Zipf traffic over a pool of 200: how close the pool's hit rate comes to a perfect LRU's.
import { closedLoop } from '../closed-loop.ts'
import { smallWorker } from '../generated-worker.ts'
import { numbered, request, runtimeWith } from '../isopod.ts'
import { type Measurement, measurement } from '../result.ts'
import { lruHitRate } from '../simulated-lru.ts'
import type { Suite } from '../suite.ts'
import { zipfSampler } from '../zipf.ts'

const WORKERS = 1000
const POOL_SIZE = 200
const CALLERS = 8
const EXPONENTS = [1, 1.5] as const
const BUDGET_RATIO = 0.95

export const zipfPool: Suite = async ({ quick }) => {
  const warmUp = quick ? 800 : 2000
  const requests = quick ? 2500 : 10_000
  const measurements: Measurement[] = []
  for (const exponent of EXPONENTS) {
    const sample = zipfSampler({ size: WORKERS, exponent, seed: 1 })
    const keys = Uint32Array.from({ length: warmUp + requests }, () => sample())
    const simulated = lruHitRate(keys, { capacity: POOL_SIZE, from: warmUp })
    const baseline = `zipf-pool/simulated-lru-s${exponent}`
    measurements.push(measurement(baseline, [simulated], { unit: 'hit rate' }))

    await using runtime = await runtimeWith(numbered(WORKERS, smallWorker), {
      mode: 'pool',
      poolSize: POOL_SIZE,
      start: 'on-demand',
    })
    const run = (from: number, calls: number): ReturnType<typeof closedLoop> =>
      closedLoop({ calls, callers: CALLERS, call: (index) => request(runtime, `hello-${keys[from + index]}`) })
    await run(0, warmUp)
    const before = runtime.stats()
    const { perSecond, p50Us, p99Us } = await run(warmUp, requests)
    const after = runtime.stats()
    const hits = after.hits - before.hits
    const hitRate = hits / (hits + after.misses - before.misses)
    measurements.push(
      measurement(`zipf-pool/isopod-s${exponent}`, [hitRate], {
        unit: 'hit rate',
        ratios: [{ baseline, ratio: hitRate / simulated, atLeast: BUDGET_RATIO }],
        details: { perSecond, p50Us, p99Us, evictions: after.evictions - before.evictions },
      }),
    )
  }
  return measurements
}
