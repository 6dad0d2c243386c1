import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const LOOP = 'for (;;) { try { for (;;) clearTimeout(setTimeout(() => {}, 1000)) } catch {} }'

test('100 times, beside other instances that go on, in every mode', async () => {
  for (const mode of ['worker', 'shared', 'pool', 'persistent'] as const) {
    await using t = startRuntime({ mode, limits: { cpuMs: 5000 } })
    const neighbours = Array.from({ length: 20 }, (_, i) => `n${i}`)
    for (const name of neighbours) {
      await t.load(
        name,
        `export default { async fetch() { await new Promise((r) => setTimeout(r, 1)); return new Response("${name}") } }`,
      )
    }
    await t.load('w', `export default { fetch() { ${LOOP} } }`, { limits: { cpuMs: 5 } })
    for (let round = 0; round < 25; round++) {
      const answers = neighbours.map((name) => t.fetch(name))
      const { outcome } = await t.fetch('w')
      assert.ok(outcome === 'exceededCpu' || outcome === 'recycled', outcome)
      assert.deepEqual(
        (await Promise.all(answers)).map(({ text }) => text),
        neighbours,
      )
    }
  }
})

test('the other tasks of the instance are recycled', async () => {
  await using t = startRuntime({ mode: 'persistent', limits: { cpuMs: 50 } })
  await t.load(
    'w',
    `export default { async fetch(request) {
      if (request.url.endsWith('/wait')) await new Promise((resolve) => setTimeout(resolve, 3_600_000))
      ${LOOP}
    } }`,
  )
  const waiting = Array.from({ length: 10 }, () => t.fetch('w', '/wait'))
  const { outcome } = await t.fetch('w')
  assert.equal(outcome, 'exceededCpu')
  assert.deepEqual(
    (await Promise.all(waiting)).map((answer) => answer.outcome),
    waiting.map(() => 'recycled'),
  )
})

test('while a version loads', async () => {
  await using t = startRuntime({ limits: { startupCpuMs: 40 } })
  await assert.rejects(t.load('w', `${LOOP}\nexport default {}`), { code: 'CPU_LIMIT' })
})
