import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { gate, HOLD } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'
const request = { method: 'GET', url: 'http://any.localhost/', headers: [] }

test('a caller that leaves the line of a worker frees its place', async () => {
  await using t = startRuntime({ mode: 'pool', taskQueueSize: 1 })
  await t.load('busy', HOLD)
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const controller = new AbortController()
  const leaver = t.runtime.dispatch('busy', { type: 'fetch', request }, { signal: controller.signal })
  assert.equal((await t.fetch('busy')).error?.code, 'QUEUE_FULL')
  controller.abort()
  assert.equal((await leaver).outcome, 'canceled')
  const next = t.fetch('busy')
  held.open()
  assert.equal((await busy).outcome, 'ok')
  assert.equal((await next).outcome, 'ok')
})

test('a caller that leaves the line for a place in the pool frees its place', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1, taskQueueSize: 1 })
  await t.load('busy', HOLD)
  await t.load('other', HELLO)
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const controller = new AbortController()
  const leaver = t.runtime.dispatch('other', { type: 'fetch', request }, { signal: controller.signal })
  assert.equal((await t.fetch('other')).error?.code, 'POOL_EXHAUSTED')
  controller.abort()
  assert.equal((await leaver).outcome, 'canceled')
  assert.equal(t.runtime.stats().waiting, 0)
  const next = t.fetch('other')
  held.open()
  assert.equal((await busy).outcome, 'ok')
  assert.equal((await next).outcome, 'ok')
})

test('a task whose wall limit passes while it waits ends, and frees its place', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1, taskQueueSize: 1 })
  await t.load('busy', HOLD)
  await t.load('hasty', HELLO, { limits: { wallMs: 20 } })
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const { outcome, error, usage } = await t.fetch('hasty')
  assert.equal(outcome, 'exceededWallTime')
  assert.match(error?.message ?? '', /waiting for an instance/)
  assert.ok(usage.queueMs > 0)
  assert.equal(usage.cpuUs, 0)
  assert.equal(t.runtime.stats().waiting, 0)
  held.open()
  assert.equal((await busy).outcome, 'ok')
})

inEveryMode(
  'a caller that leaves while its instance is being made leaves nothing behind',
  async ({ load, runtime, fetch }, mode) => {
    await load('gone', HELLO)
    await fetch('gone')
    const controller = new AbortController()
    runtime.collectGarbage()
    // The version is new, so that every mode has to make something for it.
    await runtime.load({ worker: 'gone', bundle: bundleSource(HELLO) }, { start: 'on-demand' })
    const leaver = runtime.dispatch('gone', { type: 'fetch', request }, { signal: controller.signal })
    controller.abort()
    assert.equal((await leaver).outcome, 'canceled')
    await until(() => runtime.stats().entries.every(({ state, running }) => state === 'open' && running === 0))
    if (mode.options.mode === 'worker') assert.equal(runtime.stats().cached, 0)
    assert.equal((await fetch('gone')).text, 'hello')
  },
)
