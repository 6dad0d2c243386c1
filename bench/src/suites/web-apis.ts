// What the web APIs that every request uses cost inside an isolate, and what Node's own cost in this process. The same
// text runs in both.
import { bundleSource } from '../../../src/index.ts'
import { Runtime } from '../../../src/host/runtime.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import type { Suite } from '../suite.ts'

type Operation = 'new-response' | 'new-request' | 'headers-get' | 'request-json'

/** Bodies of `async (count) => …`. */
const LOOPS: Readonly<Record<Operation, string>> = {
  'new-response': `for (let i = 0; i < count; i++) last = new Response('Hello from a worker')`,
  'new-request': `for (let i = 0; i < count; i++) last = new Request('http://example.com/path?query=1')`,
  'headers-get': `
    const headers = new Headers({ accept: '*/*', 'content-type': 'text/plain', host: 'example.com', 'user-agent': 'bench' })
    for (let i = 0; i < count; i++) last = headers.get('content-type')`,
  // With the request it is read from: a body can be read once.
  'request-json': `
    const init = { method: 'POST', body: '{"name":"Ada","tags":["a","b"],"count":3}' }
    for (let i = 0; i < count; i++) last = await new Request('http://example.com/', init).json()`,
}
const OPERATIONS = Object.keys(LOOPS) as Operation[]
/** Enough that a task takes tens of milliseconds, and what a dispatch costs is not seen. */
const COUNTS: Readonly<Record<Operation, number>> = {
  'new-response': 100_000,
  'new-request': 50_000,
  'headers-get': 500_000,
  'request-json': 10_000,
}
const BUDGET_RATIO = 2

/** `last` keeps an optimizer from dropping what nobody reads. */
const loopsText = `let last; const loops = { ${OPERATIONS.map((name) => `'${name}': async (count) => { ${LOOPS[name]} }`).join(', ')} };`

type Loop = (count: number) => Promise<void>

export const webApis: Suite = async ({ quick }) => {
  await using runtime = new Runtime({ limits: { cpuMs: 10_000 } })
  const source = `${loopsText} export default { execute: ({ name, count }) => loops[name](count) }`
  await runtime.load({ worker: 'loops', bundle: bundleSource(source) })
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the text that the worker is made of
  const native = new Function(`${loopsText} return loops`)() as Readonly<Record<Operation, Loop>>

  const inIsolate = async (name: Operation): Promise<number> => {
    const { error, outcome } = await runtime.dispatch('loops', {
      type: 'execute',
      input: { name, count: COUNTS[name] },
    })
    if (outcome !== 'ok') throw new Error(`${name}: ${outcome} ${error?.message ?? ''}`)
    return COUNTS[name]
  }
  const inNode = async (name: Operation): Promise<number> => {
    await native[name](COUNTS[name])
    return COUNTS[name]
  }
  /** Nanoseconds for one. */
  const measure = async (run: (name: Operation) => Promise<number>, name: Operation): Promise<number> => {
    const startedAt = performance.now()
    const count = await run(name)
    return ((performance.now() - startedAt) * 1e6) / count
  }

  const contenders = OPERATIONS.flatMap((name) => [name, `node-${name}` as const])
  const measureOne = (contender: Operation | `node-${Operation}`): Promise<number> =>
    contender.startsWith('node-')
      ? measure(inNode, contender.slice('node-'.length) as Operation)
      : measure(inIsolate, contender as Operation)
  for (const contender of contenders) for (let i = 0; i < 3; i += 1) await measureOne(contender)
  const samples = await inRounds(contenders, { rounds: quick ? 7 : 21, measure: measureOne })
  return OPERATIONS.flatMap((name): Measurement[] => {
    const baseline = `node-${name}` as const
    const ratio = medianRatio(samples[name], samples[baseline])
    return [
      measurement(`web-apis/${name}`, samples[name], {
        unit: 'ns',
        ratios: [{ baseline, ratio, atMost: BUDGET_RATIO }],
      }),
      measurement(`web-apis/${baseline}`, samples[baseline], { unit: 'ns' }),
    ]
  })
}
