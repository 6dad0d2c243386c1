// Where a rarely used worker is loaded when there are two main hosts: what a request costs that is run where it arrives, one
// that is forwarded, and one that loads its worker first; and 1,000 workers under Zipf traffic over a pool of 200.
import { processTreeCpuUs } from '../cpu.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import type { LoadPlan, LoadReport, Target } from '../load/plan.ts'
import { type Measurement, measurement } from '../result.ts'
import { type DeployedIsopod, startDeployedIsopod } from '../servers/deployed-isopod.ts'
import { HELLO_WORKER, helloTargets } from '../servers/hello-worker.ts'
import { lruHitRate } from '../simulated-lru.ts'
import type { Suite } from '../suite.ts'
import { zipfSampler } from '../zipf.ts'

const WORKERS = 1000
const EXPONENTS = [1, 1.5] as const
const HOSTS = 2
/** Of the main hosts, together. */
const PLACES = 200
/** The host on probation has a share of its own. */
const POOL_SIZE = (PLACES / HOSTS) * (HOSTS + 1)
const WARM_UP_SEED = 1
const SEED = 2
const BUDGET_RATIO = 0.95
/** Few, so that what is measured is no waiting line. */
const CONNECTIONS = 8
const TENANT_ON_PROBATION = 'guest'

const named = (count: number, tenant: string): { tenant: string; worker: string }[] =>
  Array.from({ length: count }, (_, number) => ({ tenant, worker: `hello-${number}` }))

const targetsOf = (hosts: readonly string[]): readonly Target[] =>
  hosts.length < 8 ? helloTargets(hosts) : hosts.map((host) => ({ host, path: '/path', body: 'Hello from /path' }))

type Plan = Omit<LoadPlan, 'port' | 'connections'>

interface Seen extends LoadReport {
  readonly cpuUs: number
}

async function send({ pid, port }: DeployedIsopod, load: LoadGenerator, plan: Plan): Promise<Seen> {
  const before = processTreeCpuUs(pid)
  const report = await load.run({ port, connections: CONNECTIONS, ...plan })
  return { ...report, cpuUs: (processTreeCpuUs(pid) - before) / plan.requests }
}

const details = ({ p50Ms, p90Ms, p99Ms }: LoadReport): Record<string, number> => ({ p50Ms, p90Ms, p99Ms })

/** What the policies weigh against each other. */
async function costs(load: LoadGenerator, requests: number): Promise<Measurement[]> {
  const cold = Math.min(WORKERS, requests / 10)
  await using server = await startDeployedIsopod({
    source: HELLO_WORKER,
    workers: [...named(cold + 1, 'default'), ...named(1, TENANT_ON_PROBATION)],
    args: ['--hosts', String(HOSTS), '--pool-size', String(POOL_SIZE)],
  })
  const turns = { order: { type: 'turns' } } as const
  const local = { ...turns, targets: targetsOf(['hello-0.localhost']) }
  const forwarded = { ...turns, targets: targetsOf([`hello-0.${TENANT_ON_PROBATION}.localhost`]) }
  for (const plan of [local, forwarded]) await send(server, load, { ...plan, requests: 2 * requests })
  const unseen = targetsOf(named(cold + 1, 'default').map(({ worker }) => `${worker}.localhost`)).slice(1)
  const reports = {
    local: await send(server, load, { ...local, requests }),
    forwarded: await send(server, load, { ...forwarded, requests }),
    loading: await send(server, load, { ...turns, targets: unseen, requests: cold }),
  }
  return Object.entries(reports).map(([name, report]) =>
    measurement(`placement/${name}`, [report.cpuUs], { unit: 'µs CPU per request', details: details(report) }),
  )
}

/** What perfect LRU caches would do: one of 200 places; and one of 100 in each host, each with every other request. */
function simulate(exponent: number, { requests }: { readonly requests: number }): Record<'joined' | 'apart', number> {
  const keys = [WARM_UP_SEED, SEED].flatMap((seed) => {
    const sample = zipfSampler({ size: WORKERS, exponent, seed })
    return Array.from({ length: requests }, () => sample())
  })
  const halves = [0, 1].map((host) => keys.filter((_, index) => index % HOSTS === host))
  const apart = halves.map((half) => lruHitRate(half, { capacity: PLACES / HOSTS, from: requests / HOSTS }))
  return {
    joined: lruHitRate(keys, { capacity: PLACES, from: requests }),
    apart: apart.reduce((sum, rate) => sum + rate, 0) / HOSTS,
  }
}

async function zipf(
  exponent: number,
  { load, requests }: { readonly load: LoadGenerator; readonly requests: number },
): Promise<readonly Measurement[]> {
  await using server = await startDeployedIsopod({
    source: HELLO_WORKER,
    workers: named(WORKERS, 'default'),
    args: ['--hosts', String(HOSTS), '--pool-size', String(POOL_SIZE)],
  })
  const targets = targetsOf(named(WORKERS, 'default').map(({ worker }) => `${worker}.localhost`))
  const plan = (seed: number): Plan => ({ targets, requests, order: { type: 'zipf', exponent, seed } })
  await send(server, load, plan(WARM_UP_SEED))
  const before = await server.pool()
  const { cpuUs, ...report } = await send(server, load, plan(SEED))
  const after = await server.pool()
  const hitRate = 1 - (after.misses - before.misses) / requests
  const { apart, joined } = simulate(exponent, { requests })
  const baseline = `placement/simulated-lru-s${exponent}`
  const rssMb = await server.rssMb()
  return [
    measurement(baseline, [joined], { unit: 'hit rate' }),
    measurement(`placement/simulated-apart-s${exponent}`, [apart], { unit: 'hit rate' }),
    measurement(`placement/zipf-s${exponent}`, [hitRate], {
      unit: 'hit rate',
      ratios: [{ baseline, ratio: hitRate / joined, atLeast: BUDGET_RATIO }],
      details: { cpuUs, ...details(report), instances: after.instances, rssMb },
    }),
  ]
}

export const placement: Suite = async ({ quick }) => {
  using load = new LoadGenerator()
  const measurements = await costs(load, quick ? 3000 : 10_000)
  for (const exponent of EXPONENTS) {
    measurements.push(...(await zipf(exponent, { load, requests: quick ? 4000 : 20_000 })))
  }
  return measurements
}
