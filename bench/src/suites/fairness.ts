// What tenants of one host have of it beside each other, over HTTP. One floods: a thousand requests of 20 ms of work wait at all
// times; what does that add to the latency of another, who sends one at a time? And how is CPU time shared between weights
// 1 and 3, where both always have tasks waiting, of one entry or of many?
//
// An entry is not interrupted for another tenant's sake, so the bar is the task that is running, where that is longer than a
// slice. What the bar would be for tasks no longer than a slice is told beside it.
import { setTimeout as delay } from 'node:timers/promises'
import { LoadGenerator } from '../load/load-generator.ts'
import type { LoadReport, Target } from '../load/plan.ts'
import { type Measurement, measurement } from '../result.ts'
import { startIsopod } from '../servers/isopod.ts'
import type { Suite } from '../suite.ts'

const FLOOD_CONNECTIONS = 1000
const TASK_MS = 20
const SLICE_MS = 10
const ALLOWED_MS = 5
/** What waits at each of two tenants. */
const CONNECTIONS = 64
const ENDLESS = 1_000_000
const SETTLE_MS = 1000
/** Longer than what is measured beside it. */
const FLOOD_MS = 600_000

const QUICK = `export default { fetch: () => new Response('done') }`

/** Works for 20 ms in so many steps, with an await between them. */
function working(steps: number): string {
  return `export default {
  async fetch() {
    for (let step = 0; step < ${steps}; step++) {
      if (step > 0) await new Promise((resolve) => setTimeout(resolve, 0))
      const end = performance.now() + ${TASK_MS / steps}
      while (performance.now() < end);
    }
    return new Response('done')
  },
}`
}

function targetOf(tenant: string): Target {
  return { host: `app.${tenant}.localhost`, path: '/', body: 'done' }
}

interface Flood {
  readonly port: number
  readonly tenant: string
  readonly connections: number
  readonly forMs: number
}

/** Keeps so many requests under way. */
function flood(load: LoadGenerator, { tenant, ...plan }: Flood): Promise<LoadReport> {
  return load.run({ ...plan, requests: ENDLESS, targets: [targetOf(tenant)], order: { type: 'turns' } })
}

/** The tasks that work do so by the clock, and wait for longer than they may as shipped. */
const FLAGS = ['--clock', 'real', '--queue-wait-ms', '60000', '--wall-ms', '120000']

function detailsOf({ p50Ms, p90Ms, maxMs }: LoadReport): Record<string, number> {
  return { p50Ms, p90Ms, maxMs }
}

async function latencies(requests: number): Promise<readonly Measurement[]> {
  await using server = await startIsopod({
    workers: 0,
    hosts: 1,
    neighbours: [
      { tenant: 'quiet', source: QUICK },
      { tenant: 'flood', source: working(1) },
    ],
    args: FLAGS,
  })
  using load = new LoadGenerator()
  const send = (count: number): Promise<LoadReport> =>
    load.run({
      port: server.port,
      connections: 1,
      requests: count,
      targets: [targetOf('quiet')],
      order: { type: 'turns' },
    })
  await send(1000)
  const quiet = await send(requests)
  using others = new LoadGenerator()
  const { port } = server
  const flooding = flood(others, { port, tenant: 'flood', connections: FLOOD_CONNECTIONS, forMs: FLOOD_MS })
  // Whatever it has to say it says before it is over, or not at all.
  flooding.catch(() => undefined)
  await delay(SETTLE_MS)
  const flooded = await send(requests)
  return [
    measurement('fairness/quiet', [quiet.p99Ms], { unit: 'ms p99', details: detailsOf(quiet) }),
    measurement('fairness/beside-a-flood', [flooded.p99Ms], {
      unit: 'ms p99',
      atMost: quiet.p99Ms + Math.max(SLICE_MS, TASK_MS) + ALLOWED_MS,
      details: { ...detailsOf(flooded), barOfOneSliceMs: quiet.p99Ms + SLICE_MS + ALLOWED_MS },
    }),
  ]
}

async function shares(name: string, { forMs, steps }: { forMs: number; steps: number }): Promise<Measurement> {
  await using server = await startIsopod({
    workers: 0,
    hosts: 1,
    neighbours: [
      { tenant: 'light', source: working(steps) },
      { tenant: 'heavy', source: working(steps), weight: 3 },
    ],
    args: FLAGS,
  })
  using first = new LoadGenerator()
  using second = new LoadGenerator()
  const plan = { port: server.port, connections: CONNECTIONS, forMs }
  // Both processes have to be there, or one has the server for itself at first.
  for (const [load, tenant] of [
    [first, 'light'],
    [second, 'heavy'],
  ] as const) {
    const targets = [targetOf(tenant)]
    await load.run({ port: server.port, connections: 1, requests: 2, targets, order: { type: 'turns' } })
  }
  const [light, heavy] = await Promise.all([
    flood(first, { ...plan, tenant: 'light' }),
    flood(second, { ...plan, tenant: 'heavy' }),
  ])
  // Tasks of both are the same, so that they stand for CPU time.
  const ratio = heavy.requests / light.requests
  return measurement(`fairness/${name}`, [ratio], {
    unit: '× the CPU time, of weight 3 to 1',
    ratios: [{ baseline: 'weights', ratio: ratio / 3, atLeast: 0.9, atMost: 1.1 }],
    details: { lightTasks: light.requests, heavyTasks: heavy.requests },
  })
}

export const fairness: Suite = async ({ quick }) => [
  ...(await latencies(quick ? 300 : 2000)),
  await shares('weights-of-long-tasks', { steps: 1, forMs: quick ? 10_000 : 30_000 }),
  await shares('weights-of-many-entries', { steps: 10, forMs: quick ? 10_000 : 30_000 }),
]
