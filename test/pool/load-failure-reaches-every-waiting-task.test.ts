import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import type { Limits } from '../../src/limits.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const GOOD = 'export default { fetch: () => new Response("good") }'
const BROKEN: readonly (readonly [
  what: string,
  code: string,
  outcome: string,
  errorCode: string,
  limits?: Partial<Limits>,
])[] = [
  ['throws', 'throw new TypeError("no")', 'loadFailed', 'LOAD_FAILED'],
  ['throws late', 'await null; throw new TypeError("no")', 'loadFailed', 'LOAD_FAILED'],
  ['has no handler', 'export const x = 1', 'loadFailed', 'NO_HANDLER'],
  ['never stops', `for (;;); ${GOOD}`, 'exceededCpu', 'CPU_LIMIT', { startupCpuMs: 30 }],
  [
    'never settles',
    `await new Promise(() => {}); ${GOOD}`,
    'exceededWallTime',
    'WALL_TIME_LIMIT',
    { startupWallMs: 60 },
  ],
  [
    'takes all memory',
    `const kept = []; for (;;) kept.push(new Array(10000).fill(kept.length)); ${GOOD}`,
    'exceededMemory',
    'MEMORY_LIMIT',
  ],
]

for (const [what, code, outcome, errorCode, limits = {}] of BROKEN) {
  inEveryMode(
    `each task that waits for a version that ${what} hears of it, and a later good version works`,
    async ({ runtime, load, fetch }) => {
      await runtime.load({ worker: 'broken', bundle: bundleSource(code), limits }, { start: 'on-demand' })
      const answers = await Promise.all([fetch('broken'), fetch('broken'), fetch('broken')])
      for (const answer of answers) {
        assert.equal(answer.outcome, outcome, answer.error?.message)
        assert.equal(answer.error?.code, errorCode)
      }
      await load('broken', GOOD)
      assert.equal((await fetch('broken')).text, 'good')
      await until(() => runtime.stats().cached <= 1)
    },
    { limits: { heapMb: 16 } },
  )
}

test('a script too large for the heap is reported, and costs its neighbours in a shared isolate nothing for good', async () => {
  await using t = startRuntime({ mode: 'shared', limits: { heapMb: 8 } })
  await t.load('small', GOOD)
  const { script } = bundleSource(GOOD)
  const giant = { script: `${script};[${'[1.5,"x"],'.repeat(400_000)}]`, parts: {} }
  await t.runtime.load({ worker: 'giant', bundle: giant }, { start: 'on-demand' })
  const { outcome, error } = await t.fetch('giant')
  assert.equal(outcome, 'exceededMemory', error?.message)
  assert.equal(error?.code, 'MEMORY_LIMIT')
  assert.equal((await t.fetch('small')).text, 'good')
})
