import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

inEveryMode(
  'a rejection that a timeout left behind is not thrown into the next call of the engine',
  async ({ load, fetch, runtime }) => {
    await load(
      'rejects',
      `export default { fetch(request) {
        Promise.reject(new Error('nobody catches this'))
        for (;;);
      } }`,
    )
    await load('neighbour', 'export default { fetch: () => new Response("fine") }')
    for (let i = 0; i < 3; i++) {
      const tasks = [fetch('rejects'), fetch('neighbour')]
      const [rejects, neighbour] = await Promise.all(tasks)
      assert.equal(rejects?.outcome, 'exceededCpu')
      assert.equal(neighbour?.text, 'fine')
      runtime.collectGarbage()
    }
  },
  // Longer than the time between two samples of the heap, so that one is taken right after the timeout.
  { limits: { cpuMs: 120 } },
)

test('a script made by hand that rejects and spins fails to load, and its neighbours in a shared isolate go on', async () => {
  await using t = startRuntime({ mode: 'shared', limits: { startupCpuMs: 50 } })
  await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
  const hostile = '__isopod__(() => ({})); Promise.reject(new Error("nobody catches this")); for (;;);'
  await t.runtime.load({ worker: 'hostile', bundle: { script: hostile, parts: {} } }, { start: 'on-demand' })
  for (let i = 0; i < 2; i++) {
    const [refused, neighbour] = await Promise.all([t.fetch('hostile'), t.fetch('neighbour')])
    assert.equal(refused.outcome, 'loadFailed')
    assert.equal(neighbour.text, 'fine')
  }
})
