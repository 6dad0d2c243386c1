// CPU per request of a hello-world worker over HTTP: 64 keep-alive connections, the servers in turn. Isopod as shipped (a
// host per core), with one host, and with a worker on probation, whose requests a main host forwards.
import { processTreeCpuUs } from '../cpu.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import type { LoadReport, Target } from '../load/plan.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { startDeno } from '../servers/deno.ts'
import { HELLO_TARGETS, helloTargets } from '../servers/hello-worker.ts'
import { startIsopod } from '../servers/isopod.ts'
import { startNodeHttp } from '../servers/node-http.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { startWorkerd } from '../servers/workerd.ts'
import { median } from '../statistics.ts'
import type { Suite } from '../suite.ts'

const CONNECTIONS = 64
const MANY = 50
/** Requests an isolate has to serve until V8 has compiled what is hot in it; each compiles for itself. */
const WARM_UP_PER_WORKER = 8000

interface Contender {
  readonly start: () => Promise<ServerProcess>
  readonly targets: readonly Target[]
  readonly workers?: number
  readonly budgets: Readonly<Record<string, number>>
}

const CONTENDERS: Readonly<Record<string, Contender>> = {
  'node-http': { start: startNodeHttp, targets: HELLO_TARGETS, budgets: {} },
  workerd: { start: startWorkerd, targets: HELLO_TARGETS, budgets: {} },
  deno: { start: startDeno, targets: HELLO_TARGETS, budgets: {} },
  isopod: {
    start: () => startIsopod({ workers: 1 }),
    targets: helloTargets(['hello-0.localhost']),
    budgets: { 'node-http': 1.6, workerd: 0.5, 'isopod-1-host': 1.1 },
  },
  'isopod-1-host': {
    start: () => startIsopod({ workers: 1, hosts: 1 }),
    targets: helloTargets(['hello-0.localhost']),
    budgets: { 'node-http': 1.6, workerd: 0.5 },
  },
  'isopod-forwarded': {
    start: () => startIsopod({ workers: 1, tenant: 'guest' }),
    targets: helloTargets(['hello-0.guest.localhost']),
    budgets: {},
  },
  [`isopod-${MANY}`]: {
    start: () => startIsopod({ workers: MANY }),
    workers: MANY,
    targets: helloTargets(Array.from({ length: MANY }, (_, number) => `hello-${number}.localhost`)),
    budgets: { 'node-http': 2 },
  },
}

export const httpHello: Suite = async ({ quick }) => {
  const requests = quick ? 10_000 : 30_000
  const names = Object.keys(CONTENDERS)
  await using servers = new AsyncDisposableStack()
  using load = new LoadGenerator()
  const running = new Map<string, ServerProcess>()
  const reports = new Map<string, LoadReport[]>(names.map((name) => [name, []]))
  const send = async (name: string, count: number): Promise<LoadReport> => {
    const { port } = running.get(name) ?? { port: 0 }
    const targets = CONTENDERS[name]?.targets ?? []
    return await load.run({ port, connections: CONNECTIONS, requests: count, targets, order: { type: 'turns' } })
  }
  for (const [name, { start, workers = 1 }] of Object.entries(CONTENDERS)) {
    running.set(name, servers.use(await start()))
    await send(name, Math.max(2 * requests, workers * WARM_UP_PER_WORKER))
  }

  const cpuUs = await inRounds(names, {
    rounds: quick ? 5 : 9,
    measure: async (name) => {
      const pid = running.get(name)?.pid ?? 0
      const before = processTreeCpuUs(pid)
      reports.get(name)?.push(await send(name, requests))
      return (processTreeCpuUs(pid) - before) / requests
    },
  })

  return names.map((name): Measurement => {
    const samples = cpuUs[name] ?? []
    const seen = reports.get(name) ?? []
    const budgets = CONTENDERS[name]?.budgets ?? {}
    const baselines = ['node-http', 'workerd', ...(name === 'isopod' ? ['isopod-1-host'] : [])].filter(
      (baseline) => baseline !== name,
    )
    return measurement(`http-hello/${name}`, samples, {
      unit: 'µs CPU per request',
      ratios: baselines.map((baseline) => ({
        baseline,
        ratio: medianRatio(samples, cpuUs[baseline] ?? []),
        atMost: budgets[baseline],
      })),
      details: {
        requestsPerSecond: median(seen.map((report) => (report.requests / report.elapsedMs) * 1000)),
        p50Ms: median(seen.map((report) => report.p50Ms)),
        p99Ms: median(seen.map((report) => report.p99Ms)),
      },
    })
  })
}
