// The four modes under the same load: 8 callers, 20 workers in turn, in process.
import type { Runtime } from '../../../src/host/runtime.ts'
import type { RuntimeOptions } from '../../../src/index.ts'
import { closedLoop, type LoopReport } from '../closed-loop.ts'
import { numbered, request, runtimeWith } from '../isopod.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { HELLO_WORKER } from '../servers/hello-worker.ts'
import { median } from '../statistics.ts'
import type { Suite } from '../suite.ts'

const WORKERS = 20
const CALLERS = 8

interface Variant {
  readonly options: RuntimeOptions
  /** Calls per round: enough for a p99, few enough for the slow ones. */
  readonly calls: number
  readonly atMostP50Us?: number
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  persistent: { options: { mode: 'persistent' }, calls: 20_000 },
  pool: { options: { mode: 'pool' }, calls: 1000, atMostP50Us: 1000 },
  'pool-warm': { options: { mode: 'pool', poolContext: 'warm' }, calls: 20_000 },
  'pool-threads': { options: { mode: 'pool', executor: 'threads' }, calls: 1000 },
  shared: { options: { mode: 'shared' }, calls: 500 },
  worker: { options: { mode: 'worker' }, calls: 300 },
}

async function callWorker(runtime: Runtime | undefined, index: number): Promise<void> {
  if (runtime !== undefined) await request(runtime, `hello-${index % WORKERS}`)
}

// The runtimes are left open: this process ends by a signal when its results are out.
export const modes: Suite = async ({ quick }) => {
  const names = Object.keys(VARIANTS)
  const workers = numbered(WORKERS, () => HELLO_WORKER)
  const reports = new Map<string, LoopReport[]>(names.map((name) => [name, []]))
  const runtimes = new Map<string, Runtime>()
  const measure = (name: string, calls: number): Promise<LoopReport> =>
    closedLoop({ calls, callers: CALLERS, call: (index) => callWorker(runtimes.get(name), index) })
  for (const [name, { options, calls }] of Object.entries(VARIANTS)) {
    runtimes.set(name, await runtimeWith(workers, options))
    await measure(name, calls)
  }
  const p50Us = await inRounds(names, {
    rounds: quick ? 3 : 7,
    measure: async (name) => {
      const report = await measure(name, VARIANTS[name]?.calls ?? 0)
      reports.get(name)?.push(report)
      return report.p50Us
    },
  })
  return names.map((name): Measurement => {
    const samples = p50Us[name] ?? []
    const seen = reports.get(name) ?? []
    return measurement(`modes/${name}`, samples, {
      unit: 'µs p50',
      ratios:
        name === 'persistent'
          ? []
          : [{ baseline: 'persistent', ratio: medianRatio(samples, p50Us['persistent'] ?? []) }],
      details: {
        perSecond: median(seen.map((report) => report.perSecond)),
        cpuUs: median(seen.map((report) => report.cpuUsPerCall)),
        p99Us: median(seen.map((report) => report.p99Us)),
      },
      atMost: VARIANTS[name]?.atMostP50Us,
    })
  })
}
