// How true the CPU time of tasks is: what the runtime charged, divided by what the kernel counted, less what a task costs
// that does next to nothing: of this thread, and of the threads that do crypto and compression. What V8's own threads do to
// collect garbage is nobody's.
import type { ByteSource, Task, TaskRecord } from '../../../src/index.ts'
import { Runtime } from '../../../src/host/runtime.ts'
import { threadPoolCpuUs } from '../cpu.ts'
import { loadWorkers } from '../isopod.ts'
import { threadCpuUs } from '../../../src/cpu-clock.ts'
import { type Measurement, measurement } from '../result.ts'
import { startPackedUpstream } from '../servers/packed-upstream.ts'
import { median } from '../statistics.ts'
import type { Suite } from '../suite.ts'

const MIB = 1024 * 1024
const AT_LEAST = 0.95
const AT_MOST = 1.05

/** A program with one thing to do, `times` over. */
const WORK: Readonly<Record<string, string>> = {
  loop: 'let sum = 0; for (let i = 0; i < times * 5e6; i++) sum += Math.sqrt(i); return sum',
  awaits: `let sum = 0
    for (let n = 0; n < 20; n++) {
      for (let i = 0; i < times * 4e5; i++) sum += Math.sqrt(i)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return sum`,
  json: `const rows = Array.from({ length: 12_000 }, (_, id) => ({ id, name: 'row ' + id, tags: ['a', 'b'], price: id / 7 }))
    for (let i = 0; i < times * 4; i++) JSON.parse(JSON.stringify(rows))`,
  digest: `const bytes = new Uint8Array(1024 * 1024)
    for (let i = 0; i < times * 50; i++) await crypto.subtle.digest('SHA-256', bytes)`,
  'aes-gcm': `const bytes = new Uint8Array(1024 * 1024), iv = new Uint8Array(12)
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
    for (let i = 0; i < times * 20; i++) await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes)`,
  ecdsa: `const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, bytes = new Uint8Array(64)
    const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
    for (let i = 0; i < times * 200; i++) await crypto.subtle.sign(algorithm, privateKey, bytes)`,
  pbkdf2: `const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits'])
    const algorithm = { name: 'PBKDF2', hash: 'SHA-256', iterations: 100_000, salt: new Uint8Array(16) }
    for (let i = 0; i < times * 3; i++) await crypto.subtle.deriveBits(algorithm, key, 256)`,
  'pbkdf2-at-once': `const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits'])
    const algorithm = { name: 'PBKDF2', hash: 'SHA-256', iterations: 8000, salt: new Uint8Array(16) }
    await Promise.all(Array.from({ length: times * 40 }, () => crypto.subtle.deriveBits(algorithm, key, 256)))`,
  gzip: `const text = JSON.stringify(Array.from({ length: 30_000 }, (_, id) => ({ id, name: 'row ' + id })))
    for (let i = 0; i < times; i++) {
      const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).bytes()
      await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).bytes()
    }`,
  decoding: 'for (let i = 0; i < times * 2; i++) await (await fetch(origin)).bytes()',
}
/** What they are compared with: as many entries and ops hardly matter beside the work. */
const NOTHING = 'return 0'
/** For decoding: the same bytes, as they came. */
const RECEIVING = "for (let i = 0; i < 2; i++) await (await fetch(origin + 'packed')).bytes()"
const STREAM_WORKER = { worker: 'stream', source: 'export default { fetch: (request) => new Response(request.body) }' }
const CONCURRENT = [1, 2, 4, 1, 2, 4, 1, 2, 4, 1]

/** Several milliseconds: every turn has some tenths of one of its own, for cold caches, however short it is. */
const LONG_TURN = 3

function source(work: string): string {
  return `export default async ({ times, origin }) => { ${work} }`
}

interface Cost {
  readonly chargedUs: number
  readonly threadUs: number
  readonly poolUs: number
}

/** Chunks of 64 KiB, as a socket gives them. */
function bodyOf(bytes: number): ByteSource {
  const chunk = new Uint8Array(64 * 1024)
  let left = bytes
  return {
    async read() {
      if (left <= 0) return undefined
      left -= chunk.byteLength
      return chunk
    },
    cancel() {
      left = 0
    },
  }
}

export const metering: Suite = async ({ quick }) => {
  const records: TaskRecord[] = []
  await using runtime = new Runtime({
    mode: 'persistent',
    limits: { cpuMs: 30_000, subrequests: 1000 },
    network: { allow: ['127.0.0.1/32'] },
    observer: { taskEnded: (record) => void records.push(record) },
  })
  await using upstream = await startPackedUpstream()
  const { origin } = upstream

  const programs = Object.entries({ ...WORK, nothing: NOTHING, receiving: RECEIVING })
  const workers = programs.map(([worker, work]) => ({ worker, source: source(work) }))
  await loadWorkers(runtime, [...workers, STREAM_WORKER], { start: 'now' })

  /** Returns what the task was charged when it answered, in microseconds. */
  const dispatch = async (worker: string, task: Task): Promise<number> => {
    const { outcome, error, body, usage } = await runtime.dispatch(worker, task)
    if (outcome !== 'ok') throw new Error(`${worker}: ${outcome} ${error?.message ?? ''}`)
    if (typeof body === 'object' && 'read' in body) while ((await body.read()) !== undefined);
    return usage.cpuUs
  }
  const execute = (worker: string, times: number): Promise<number> =>
    dispatch(worker, { type: 'execute', input: { times, origin } })
  const passThrough = (): Promise<number> =>
    dispatch('stream', {
      type: 'fetch',
      request: { method: 'POST', url: 'http://stream.localhost/', headers: [], body: bodyOf(40 * MIB) },
    })

  const measure = async (run: () => Promise<unknown>): Promise<Cost> => {
    records.length = 0
    const thread = threadCpuUs()
    const pool = threadPoolCpuUs()
    await run()
    // Records come after answers.
    await new Promise((resolve) => setImmediate(resolve))
    const chargedUs = records.reduce((sum, { usage }) => sum + usage.cpuUs, 0)
    return { chargedUs, threadUs: threadCpuUs() - thread, poolUs: threadPoolCpuUs() - pool }
  }

  const runs: readonly (readonly [name: string, run: () => Promise<unknown>])[] = [
    ...Object.keys(WORK).map((name) => [name, () => execute(name, 1)] as const),
    ['concurrent', () => Promise.all(CONCURRENT.map((times) => execute('awaits', times)))],
    ['stream', passThrough],
  ]
  const measurements: Measurement[] = []
  for (const [name, run] of runs) {
    await run()
    await run()
    const baseline = name === 'decoding' ? 'receiving' : 'nothing'
    const nothing: Cost[] = []
    const costs: Cost[] = []
    for (let round = 0; round < (quick ? 5 : 15); round += 1) {
      nothing.push(await measure(() => execute(baseline, 1)))
      costs.push(await measure(run))
    }
    const of = (all: readonly Cost[], part: keyof Cost): number => median(all.map((cost) => cost[part]))
    const baseUs = of(nothing, 'threadUs') + of(nothing, 'poolUs')
    const ratios = costs.map(
      (cost) => (cost.chargedUs - of(nothing, 'chargedUs')) / (cost.threadUs + cost.poolUs - baseUs),
    )
    measurements.push(
      measurement(`metering/${name}`, ratios, {
        unit: 'charged',
        ratios: [{ baseline: 'counted', ratio: median(ratios), atLeast: AT_LEAST, atMost: AT_MOST }],
        details: {
          chargedMs: of(costs, 'chargedUs') / 1000,
          threadMs: of(costs, 'threadUs') / 1000,
          poolMs: of(costs, 'poolUs') / 1000,
        },
      }),
    )
  }
  return [...measurements, ...(await partsOf(execute, quick ? 5 : 15))]
}

/** Of tasks that take turns on one isolate and have 1, 2 and 4 times as much to do, what each was charged beside the first. */
async function partsOf(
  execute: (worker: string, times: number) => Promise<number>,
  rounds: number,
): Promise<readonly Measurement[]> {
  const samples: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round += 1) {
    // As often in turn, with nothing to do.
    const idle = await Promise.all(CONCURRENT.map(() => execute('awaits', 0)))
    const used = await Promise.all(CONCURRENT.map((times) => execute('awaits', times * LONG_TURN)))
    const part = (of: number): number => median(used.filter((_, index) => CONCURRENT[index] === of)) - median(idle)
    for (const times of [2, 4]) (samples[times] ??= []).push(part(times) / part(1) / times)
  }
  return Object.entries(samples).map(([times, ratios]) =>
    measurement(`metering/concurrent-${times}`, ratios, {
      unit: `of ${times} parts`,
      ratios: [{ baseline: 'work', ratio: median(ratios), atLeast: AT_LEAST, atMost: AT_MOST }],
    }),
  )
}
