import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource, createRuntime } from '../../src/index.ts'

const ENDLESS = 'export default () => [].indexOf.call({ length: 2 ** 53 - 1 }, 1)'

test('the program goes on, the worker is held back, and others are served by the next process', async () => {
  await using runtime = createRuntime({ limits: { cpuMs: 50 } })
  await runtime.load({ worker: 'endless', bundle: bundleSource(ENDLESS) })
  await runtime.load({ worker: 'add', bundle: bundleSource('export default ([a, b]) => a + b') })

  const stuck = await runtime.dispatch('endless', { type: 'execute' })
  assert.equal(stuck.outcome, 'hostLost')
  assert.equal(stuck.error?.code, 'HOST_LOST')

  const { outcome, output } = await runtime.dispatch('add', { type: 'execute', input: [1, 2] })
  assert.deepEqual({ outcome, output }, { outcome: 'ok', output: '3' })

  const again = await runtime.dispatch('endless', { type: 'execute' })
  assert.equal(again.outcome, 'quarantined')
  assert.ok((again.retryAfterMs ?? 0) > 0)

  await runtime.load({ worker: 'endless', bundle: bundleSource('export default () => "mended"') })
  assert.equal((await runtime.dispatch('endless', { type: 'execute' })).output, '"mended"')
})

test('a task that had not begun when its process died is run by the next, and once', async () => {
  await using runtime = createRuntime({ mode: 'pool', limits: { cpuMs: 50 } })
  await runtime.load({ worker: 'endless', bundle: bundleSource(ENDLESS) })
  await runtime.load({
    worker: 'slow',
    bundle: bundleSource('export default async (n) => { await new Promise((r) => setTimeout(r, 300)); return n }'),
  })
  // The second waits for its turn behind the first while the process dies.
  const first = runtime.dispatch('slow', { type: 'execute', input: 1 })
  const second = runtime.dispatch('slow', { type: 'execute', input: 2 })
  await runtime.dispatch('endless', { type: 'execute' })
  const [began, waited] = await Promise.all([first, second])
  assert.equal(began.outcome, 'hostLost')
  assert.deepEqual([waited.outcome, waited.output], ['ok', '2'])
})

test('a version that takes the process down while it loads is refused, and nothing has changed', async () => {
  await using runtime = createRuntime()
  await runtime.load({ worker: 'app', bundle: bundleSource('export default () => 1') })
  const deadly = bundleSource(`${ENDLESS.replace('export default () =>', 'const index =')}\nexport default () => index`)
  await assert.rejects(runtime.load({ worker: 'app', bundle: deadly }), { code: 'HOST_LOST' })
  assert.equal((await runtime.dispatch('app', { type: 'execute' })).output, '1')
})
