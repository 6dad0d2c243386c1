// The same traffic as in `zipf-pool`, as clients see it: 1,000 workers under Zipf traffic with exponent 1.5 over HTTP, on one host
// with a pool of 200, one request after the other; beside the many requests of one worker that is always there, and the first
// request of workers nobody has seen.
import { LoadGenerator } from '../load/load-generator.ts'
import type { LoadPlan, LoadReport, Target } from '../load/plan.ts'
import { measurement } from '../result.ts'
import { startDeployedIsopod } from '../servers/deployed-isopod.ts'
import { HELLO_WORKER } from '../servers/hello-worker.ts'
import type { Suite } from '../suite.ts'

const WORKERS = 1000
const UNSEEN = 100
const PLACES = 200
/** The host on probation has a share of its own. */
const POOL_SIZE = 2 * PLACES
const EXPONENT = 1.5
const WARM_CALLS = 2000
const P90_TIMES_WARM = 5
const P99_TIMES_COLD = 2

function targetOf(number: number): Target {
  return { host: `hello-${number}.localhost`, path: '/path', body: 'Hello from /path' }
}

export const zipfHttp: Suite = async ({ quick }) => {
  const requests = quick ? 3000 : 20_000
  const workers = Array.from({ length: WORKERS + UNSEEN }, (_, number) => ({
    tenant: 'default',
    worker: `hello-${number}`,
  }))
  await using server = await startDeployedIsopod({
    source: HELLO_WORKER,
    workers,
    args: ['--hosts', '1', '--pool-size', String(POOL_SIZE)],
  })
  using load = new LoadGenerator()
  const send = (plan: Pick<LoadPlan, 'targets' | 'requests' | 'order'>): Promise<LoadReport> =>
    load.run({ port: server.port, connections: 1, ...plan })
  const targets = workers.slice(0, WORKERS).map((_, number) => targetOf(number))
  const zipf = (seed: number): Promise<LoadReport> =>
    send({ targets, requests, order: { type: 'zipf', exponent: EXPONENT, seed } })
  await zipf(1)
  const mixed = await zipf(2)
  await send({ targets: [targetOf(0)], requests: WARM_CALLS, order: { type: 'turns' } })
  const warm = await send({ targets: [targetOf(0)], requests: WARM_CALLS, order: { type: 'turns' } })
  const unseen = Array.from({ length: UNSEEN }, (_, number) => targetOf(WORKERS + number))
  const cold = await send({ targets: unseen, requests: UNSEEN, order: { type: 'turns' } })
  return [
    measurement('zipf-http/warm', [warm.p50Ms], { unit: 'ms p50' }),
    measurement('zipf-http/cold', [cold.p50Ms], { unit: 'ms p50', details: { p99Ms: cold.p99Ms } }),
    measurement('zipf-http/p90', [mixed.p90Ms], {
      unit: 'ms',
      ratios: [{ baseline: 'zipf-http/warm', ratio: mixed.p90Ms / warm.p50Ms, atMost: P90_TIMES_WARM }],
      details: { p50Ms: mixed.p50Ms },
    }),
    measurement('zipf-http/p99', [mixed.p99Ms], {
      unit: 'ms',
      ratios: [{ baseline: 'zipf-http/cold', ratio: mixed.p99Ms / cold.p50Ms, atMost: P99_TIMES_COLD }],
    }),
  ]
}
