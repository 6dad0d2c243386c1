// 1,000 workers under Zipf traffic over a pool of 200, in mode `persistent`, as shipped, and in mode `pool`: how close the
// pool's hit rate comes to a perfect LRU's, and what a mixture of warm and cold requests takes, one after the other, beside the
// first request of a worker nobody has seen and the many of one that is always there.
import type { Runtime } from '../../../src/host/runtime.ts'
import { closedLoop, type LoopReport } from '../closed-loop.ts'
import { smallWorker } from '../generated-worker.ts'
import { numbered, request, runtimeWith } from '../isopod.ts'
import { type Measurement, measurement } from '../result.ts'
import { lruHitRate } from '../simulated-lru.ts'
import type { Suite } from '../suite.ts'
import { zipfSampler } from '../zipf.ts'

const WORKERS = 1000
/** Asked once each, at the end. */
const UNSEEN = 100
const POOL_SIZE = 200
const CALLERS = 8
const WARM_CALLS = 2000
const MODES = ['persistent', 'pool'] as const
const OF_SIMULATED = 0.95
const P90_TIMES_WARM = 5
const P99_TIMES_COLD = 2

/**
 * With an exponent of 1 a perfect LRU hits 70 % of the time, and the best of all caches 79 %: most of the slowest tenth is cold
 * whatever the pool does. Only with 1.5, where 3 to 5 % are misses, can there be bars in absolute figures.
 */
const EXPONENTS: readonly { readonly exponent: number; readonly atLeast?: number }[] = [
  { exponent: 1 },
  { exponent: 1.5, atLeast: 0.95 },
]

interface Traffic {
  /** Of the workers, in the order of the requests. */
  readonly keys: Uint32Array
  /** Those that only fill the pool. */
  readonly warmUp: number
}

export const zipfPool: Suite = async ({ quick }) => {
  const warmUp = quick ? 800 : 2000
  const requests = quick ? 2500 : 10_000
  const measurements: Measurement[] = []
  for (const { exponent, atLeast } of EXPONENTS) {
    const sample = zipfSampler({ size: WORKERS, exponent, seed: 1 })
    const keys = Uint32Array.from({ length: warmUp + requests }, () => sample())
    const simulated = lruHitRate(keys, { capacity: POOL_SIZE, from: warmUp })
    const baseline = `zipf-pool/simulated-lru-s${exponent}`
    measurements.push(measurement(baseline, [simulated], { unit: 'hit rate' }))
    for (const mode of MODES) {
      const name = `zipf-pool/${mode}-s${exponent}`
      await using runtime = await runtimeWith(numbered(WORKERS + UNSEEN, smallWorker), {
        mode,
        poolSize: POOL_SIZE,
        start: 'on-demand',
      })
      const { hitRate, loop } = await hitRateOf(runtime, { keys, warmUp })
      measurements.push(
        measurement(name, [hitRate], {
          unit: 'hit rate',
          // The few requests of a quick run miss it by chance, a perfect LRU's too.
          ...(quick ? {} : { atLeast }),
          ratios: [{ baseline, ratio: hitRate / simulated, atLeast: OF_SIMULATED }],
          details: { perSecond: loop.perSecond, p50Us: loop.p50Us, p99Us: loop.p99Us },
        }),
        ...(await latenciesOf(runtime, { name, keys: keys.subarray(warmUp), isBound: atLeast !== undefined })),
      )
    }
  }
  return measurements
}

async function hitRateOf(
  runtime: Runtime,
  { keys, warmUp }: Traffic,
): Promise<{ readonly hitRate: number; readonly loop: LoopReport }> {
  const run = (calls: Uint32Array): Promise<LoopReport> =>
    closedLoop({
      calls: calls.length,
      callers: CALLERS,
      call: (index) => request(runtime, `hello-${calls[index]}`),
    })
  await run(keys.subarray(0, warmUp))
  const before = runtime.stats()
  const loop = await run(keys.subarray(warmUp))
  const after = runtime.stats()
  const hits = after.hits - before.hits
  return { loop, hitRate: hits / (hits + after.misses - before.misses) }
}

interface LatencyOptions {
  readonly name: string
  readonly keys: Uint32Array
  /** Whether there are bars. */
  readonly isBound: boolean
}

/** One caller: with several, a cold start of one is a wait of all, since they have one thread. */
async function latenciesOf(runtime: Runtime, { isBound, keys, name }: LatencyOptions): Promise<readonly Measurement[]> {
  const one = (calls: number, worker: (index: number) => string): Promise<LoopReport> =>
    closedLoop({ calls, callers: 1, call: (index) => request(runtime, worker(index)) })
  const mixed = await one(keys.length, (index) => `hello-${keys[index]}`)
  const warm = await one(WARM_CALLS, () => 'hello-0')
  const cold = await one(UNSEEN, (index) => `hello-${WORKERS + index}`)
  const bars = isBound ? { p90: { atMost: P90_TIMES_WARM }, p99: { atMost: P99_TIMES_COLD } } : { p90: {}, p99: {} }
  return [
    measurement(`${name}-warm`, [warm.p50Us], { unit: 'µs p50' }),
    measurement(`${name}-cold`, [cold.p50Us], { unit: 'µs p50', details: { p99Us: cold.p99Us } }),
    measurement(`${name}-p90`, [mixed.p90Us], {
      unit: 'µs',
      ratios: [{ baseline: `${name}-warm`, ratio: mixed.p90Us / warm.p50Us, ...bars.p90 }],
    }),
    measurement(`${name}-p99`, [mixed.p99Us], {
      unit: 'µs',
      ratios: [{ baseline: `${name}-cold`, ratio: mixed.p99Us / cold.p50Us, ...bars.p99 }],
    }),
  ]
}
