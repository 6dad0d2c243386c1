// What a task costs in process once its instance is warm, and what the same entry costs with isolated-vm alone.
import { createBareIsolate } from '../bare-isolate.ts'
import { type BenchWorker, request, runtimeWith } from '../isopod.ts'
import { type Measurement, measurement, type Ratio } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { median } from '../statistics.ts'
import type { Suite } from '../suite.ts'

const WORKERS: readonly BenchWorker[] = [
  { worker: 'sync', source: 'export default { fetch() { return new Response("ok") } }' },
  { worker: 'async', source: 'export default { async fetch() { await undefined; return new Response("ok") } }' },
  // Reading a body is the operation that is over soonest, so that the crossing is measured and not a wait.
  { worker: 'op', source: 'export default { async fetch(request) { return new Response(await request.text()) } }' },
]
const NAMES = ['bare-return', 'bare-sync', 'bare-async', 'bare-op', 'sync', 'async', 'op'] as const
type Name = (typeof NAMES)[number]

/** The bare call that does the same work. */
const COUNTERPARTS: Readonly<Partial<Record<Name, Name>>> = { sync: 'bare-sync', async: 'bare-async', op: 'bare-op' }
const BUDGET_US = 10
const BUDGET_RATIO = 4

/** Median time of one call, in microseconds. */
async function medianUs(calls: number, call: () => unknown): Promise<number> {
  const timesUs = new Float64Array(calls)
  for (let index = 0; index < calls; index += 1) {
    const startedAt = performance.now()
    const pending = call()
    if (pending instanceof Promise) await pending
    timesUs[index] = (performance.now() - startedAt) * 1000
  }
  return median(timesUs)
}

export const warmDispatch: Suite = async ({ quick }) => {
  const callsPerRound = 3000
  await using runtime = await runtimeWith(WORKERS)
  using bare = createBareIsolate()
  const text = 'GET http://sync.localhost/path'
  const calls: Readonly<Record<Name, () => unknown>> = {
    'bare-return': () => bare.callReturning(text),
    'bare-sync': () => bare.call('sync', text),
    'bare-async': () => bare.call('async', text),
    'bare-op': () => bare.call('op', text),
    sync: () => request(runtime, 'sync'),
    async: () => request(runtime, 'async'),
    op: () => request(runtime, 'op', 'ok'),
  }
  for (const name of NAMES) await medianUs(5 * callsPerRound, calls[name])
  const samples = await inRounds(NAMES, {
    rounds: quick ? 7 : 21,
    measure: (name) => medianUs(callsPerRound, calls[name]),
  })
  return NAMES.map((name): Measurement => {
    const counterpart = COUNTERPARTS[name]
    const ratios: Ratio[] = []
    if (counterpart !== undefined) {
      ratios.push({
        baseline: counterpart,
        ratio: medianRatio(samples[name], samples[counterpart]),
        atMost: BUDGET_RATIO,
      })
    }
    if (name !== 'bare-return') {
      ratios.push({ baseline: 'bare-return', ratio: medianRatio(samples[name], samples['bare-return']) })
    }
    const atMost = counterpart === undefined ? undefined : BUDGET_US
    return measurement(`warm-dispatch/${name}`, samples[name], { unit: 'µs', ratios, atMost })
  })
}
