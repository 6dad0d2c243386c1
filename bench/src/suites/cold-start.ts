// The first task of a worker nobody has seen: a worker of 1 KB and one of 300 KB, with a reserve of blank instances and
// without, the large one with the code cache its deploy makes and without; in process and over HTTP. Beside them, what an
// isolate with a context costs that has nothing in it.
import { createBareIsolate } from '../bare-isolate.ts'
import { type BenchWorker, codeCachesReady, loadWorkers, request, runtimeWith } from '../isopod.ts'
import { LARGE_WORKER_BYTES, largeWorker, smallWorker } from '../generated-worker.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import type { Target } from '../load/plan.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { startUnseenWorkers } from '../servers/unseen-workers.ts'
import type { Suite } from '../suite.ts'

const CASES = ['bare-isolate', 'small', 'small-no-reserve', 'large', 'large-no-reserve', 'large-no-cache'] as const
type Case = (typeof CASES)[number]

const HTTP_CASES = ['small', 'small-no-reserve', 'large', 'large-no-reserve'] as const
type HttpCase = (typeof HTTP_CASES)[number]

/** Over HTTP, with a reserve, the large one with its code cache: DESIGN §9. */
const BUDGETS_MS: Readonly<Partial<Record<Case, number>>> = { small: 3, large: 6 }
/** The reserve is refilled while a connection rests. */
const REST_MS = 40

const isLarge = (name: Case): boolean => name.startsWith('large')
const hasReserve = (name: Case): boolean => !name.endsWith('no-reserve')

let lastNumber = 0

function unseenWorker(name: Case): BenchWorker {
  lastNumber += 1
  const source = isLarge(name) ? largeWorker(lastNumber, LARGE_WORKER_BYTES) : smallWorker(lastNumber)
  return { worker: `unseen-${lastNumber}`, source }
}

async function inProcess(samples: number): Promise<readonly Measurement[]> {
  await using withReserve = await runtimeWith([])
  await using withoutReserve = await runtimeWith([], { reserveSize: 0 })
  const firstTaskMs = async (name: Case): Promise<number> => {
    if (name === 'bare-isolate') return bareIsolateMs()
    const runtime = hasReserve(name) ? withReserve : withoutReserve
    const worker = unseenWorker(name)
    await loadWorkers(runtime, [worker], { start: 'on-demand' })
    if (isLarge(name) && name !== 'large-no-cache') await codeCachesReady(runtime, [worker])
    if (hasReserve(name)) await runtime.warmUp()
    const startedAt = performance.now()
    await request(runtime, worker.worker)
    const elapsedMs = performance.now() - startedAt
    runtime.remove(worker.worker)
    return elapsedMs
  }
  const timesMs = await inRounds(CASES, { rounds: samples, measure: firstTaskMs })
  return CASES.map((name) =>
    measurement(`cold-start/${name}`, timesMs[name], {
      unit: 'ms in process',
      ratios: hasReserve(name)
        ? []
        : [{ baseline: 'bare-isolate', ratio: medianRatio(timesMs[name], timesMs['bare-isolate']) }],
    }),
  )
}

function bareIsolateMs(): number {
  const startedAt = performance.now()
  using isolate = createBareIsolate()
  const readyAt = performance.now()
  isolate.callReturning('once')
  return readyAt - startedAt
}

async function overHttp(
  name: HttpCase,
  { samples, load }: { readonly samples: number; readonly load: LoadGenerator },
): Promise<Measurement> {
  const size = isLarge(name) ? 'large' : 'small'
  const reserve = hasReserve(name) ? {} : { reserveSize: 0 }
  // One worker more, whose request finds out whether the HTTP path itself is warm.
  await using server = await startUnseenWorkers({ size, workers: samples + 1, ...reserve })
  const targets = Array.from({ length: samples + 1 }, (_, number) => target(name, number))
  const common = { port: server.port, connections: 1, order: { type: 'turns' } } as const
  await load.run({ ...common, requests: 200, targets: targets.slice(0, 1) })
  const { minMs, p50Ms, p90Ms, p99Ms, maxMs } = await load.run({
    ...common,
    requests: samples,
    restMs: REST_MS,
    targets: targets.slice(1),
  })
  return {
    ...measurement(`cold-start/${name}-http`, [p50Ms], { unit: 'ms over HTTP', details: { p90Ms, p99Ms } }),
    samples,
    min: minMs,
    max: maxMs,
    atMost: BUDGETS_MS[name],
  }
}

function target(name: HttpCase, number: number): Target {
  const body = isLarge(name) ? 'Hello from /path with libraries' : `Hello from worker ${number} at /path`
  return { host: `hello-${number}.localhost`, path: '/path', body }
}

export const coldStart: Suite = async ({ quick }) => {
  const samples = quick ? 30 : 100
  using load = new LoadGenerator()
  const measurements = [...(await inProcess(samples))]
  for (const name of HTTP_CASES) measurements.push(await overHttp(name, { samples, load }))
  return measurements
}
