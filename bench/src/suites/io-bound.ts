// A thousand tasks of one worker at once, each waiting 50 ms for an upstream: in one isolate they wait together. In process, and
// over HTTP with one host; beside them Node's own fetch without any worker, which is what the machine takes for a thousand of them.
// `-together` is an upstream that answers nobody before all thousand wait: it ends only if none of them waits for another.
import { footprint } from '../footprint.ts'
import { runtimeWith } from '../isopod.ts'
import type { Runtime } from '../../../src/host/runtime.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import type { IsopodServer } from '../servers/isopod-server.ts'
import { startIsopod } from '../servers/isopod.ts'
import { ANSWERS_AFTER_MS, fetchingWorker, startSlowUpstream, TOGETHER } from '../servers/slow-upstream.ts'
import type { Suite } from '../suite.ts'

const CONTENDERS = ['node-fetch', 'in-process', 'http'] as const
type Contender = (typeof CONTENDERS)[number]
const PATHS = { '': '/', '-together': '/together' } as const
/** One after the other, the thousand would take 50 s. */
const AT_MOST_MS = 20 * ANSWERS_AFTER_MS
const ALLOWED = '127.0.0.1/32'

export const ioBound: Suite = async ({ quick }) => {
  await using upstream = await startSlowUpstream()
  const source = fetchingWorker(upstream.origin)
  await using server = await startIsopod({ workers: 1, hosts: 1, source, args: ['--allow-addresses', ALLOWED] })
  using load = new LoadGenerator()
  const runtime = await runtimeWith([{ worker: 'hello-0', source }], { network: { allow: [ALLOWED] } })
  const waves: Readonly<Record<Contender, (path: string) => Promise<number>>> = {
    'node-fetch': (path) => timed(() => atOnce(async () => (await fetch(upstream.origin + path)).text())),
    'in-process': (path) => timed(() => atOnce(() => ask(runtime, path))),
    http: async (path) => {
      const targets = [{ host: 'hello-0.localhost', path, body: 'slow' }]
      const plan = { port: server.port, connections: TOGETHER, requests: TOGETHER, targets } as const
      return (await load.run({ ...plan, order: { type: 'turns' } })).elapsedMs
    },
  }
  for (const name of CONTENDERS) for (let time = 0; time < 3; time += 1) await waves[name]('/')

  const measurements: Measurement[] = []
  for (const [suffix, path] of Object.entries(PATHS)) {
    const elapsedMs = await inRounds(CONTENDERS, {
      rounds: quick ? 5 : 20,
      measure: (name) => waves[name](path),
    })
    for (const name of CONTENDERS) {
      const baseline = `io-bound/node-fetch${suffix}`
      const ratio = medianRatio(elapsedMs[name], elapsedMs['node-fetch'])
      measurements.push(
        measurement(`io-bound/${name}${suffix}`, elapsedMs[name], {
          unit: `ms for ${TOGETHER} tasks`,
          ...(name === 'node-fetch' ? {} : { ratios: [{ baseline, ratio }], atMost: AT_MOST_MS }),
          ...(name === 'in-process' ? { details: { heapMb: heapMb(runtime.stats().entries[0]?.heapBytes) } } : {}),
          ...(name === 'http' ? { details: await memoryOf(server) } : {}),
        }),
      )
    }
  }
  return measurements
}

async function ask(runtime: Runtime, path: string): Promise<void> {
  const request = { method: 'GET', url: `http://hello-0.localhost${path}`, headers: [] }
  const { outcome, error } = await runtime.dispatch('hello-0', { type: 'fetch', request })
  if (outcome !== 'ok') throw new Error(`${outcome} ${error?.message}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

function atOnce(task: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: TOGETHER }, task))
}

const heapMb = (bytes = 0): number => bytes / 2 ** 20

/** Of the host that has the worker. */
async function memoryOf({ admin, pid }: IsopodServer): Promise<Readonly<Record<string, number>>> {
  const { entries } = await admin.pool()
  const hosts = footprint(pid).filter(({ role }) => role === 'host')
  return { heapMb: heapMb(entries[0]?.heap_bytes), hostMb: Math.max(...hosts.map(({ residentMb }) => residentMb)) }
}
