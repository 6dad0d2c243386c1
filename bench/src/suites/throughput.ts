// How many tasks a second: mode `persistent` beside mode `worker`, which makes an instance for each task, under the same load in
// process; and one worker over HTTP, as tasks for each second of CPU time that all processes of the server use.
import type { Runtime } from '../../../src/host/runtime.ts'
import { closedLoop } from '../closed-loop.ts'
import { processTreeCpuUs } from '../cpu.ts'
import { numbered, request, runtimeWith } from '../isopod.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { HELLO_WORKER, helloTargets } from '../servers/hello-worker.ts'
import { startIsopod } from '../servers/isopod.ts'
import type { Suite, SuiteOptions } from '../suite.ts'

const CALLERS = 8
const CONNECTIONS = 64
const MODES = ['persistent', 'worker'] as const
/** Enough of each for a second or so. */
const CALLS: Readonly<Record<(typeof MODES)[number], number>> = { persistent: 40_000, worker: 300 }
const TIMES_WORKER = 20
const PER_CPU_SECOND = 10_000

// The runtimes are left open: this process ends by a signal when its results are out.
async function inProcess({ quick }: SuiteOptions): Promise<readonly Measurement[]> {
  const workers = numbered(1, () => HELLO_WORKER)
  const runtimes: Readonly<Record<(typeof MODES)[number], Runtime>> = {
    persistent: await runtimeWith(workers, { mode: 'persistent' }),
    worker: await runtimeWith(workers, { mode: 'worker' }),
  }
  const measure = async (mode: (typeof MODES)[number]): Promise<number> => {
    const call = (): Promise<unknown> => request(runtimes[mode], 'hello-0')
    return (await closedLoop({ calls: CALLS[mode], callers: CALLERS, call })).perSecond
  }
  for (const mode of MODES) await measure(mode)
  const perSecond = await inRounds(MODES, { rounds: quick ? 3 : 9, measure })
  return MODES.map((mode) =>
    measurement(`throughput/${mode}`, perSecond[mode], {
      unit: 'tasks/s in process',
      ratios:
        mode === 'worker'
          ? []
          : [
              {
                baseline: 'throughput/worker',
                ratio: medianRatio(perSecond[mode], perSecond.worker),
                atLeast: TIMES_WORKER,
              },
            ],
    }),
  )
}

async function overHttp({ quick }: SuiteOptions): Promise<Measurement> {
  await using server = await startIsopod({ workers: 1 })
  using load = new LoadGenerator()
  const requests = quick ? 10_000 : 30_000
  const targets = helloTargets(['hello-0.localhost'])
  const plan = { port: server.port, connections: CONNECTIONS, targets, order: { type: 'turns' } } as const
  // Each host compiles what is hot for itself.
  await load.run({ ...plan, requests: 60_000 })
  const perCpuSecond: number[] = []
  const perSecond: number[] = []
  for (let round = 0; round < (quick ? 5 : 9); round += 1) {
    const before = processTreeCpuUs(server.pid)
    const { elapsedMs } = await load.run({ ...plan, requests })
    perCpuSecond.push((requests * 1e6) / (processTreeCpuUs(server.pid) - before))
    perSecond.push((requests * 1000) / elapsedMs)
  }
  return measurement('throughput/http', perCpuSecond, {
    unit: 'requests per second of CPU',
    atLeast: PER_CPU_SECOND,
    details: { perSecond: Math.max(...perSecond) },
  })
}

export const throughput: Suite = async (options) => [...(await inProcess(options)), await overHttp(options)]
