import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

function openOf({ runtime }: TestRuntime, worker: string): number {
  return runtime.stats().entries.filter((entry) => entry.worker === worker && entry.state === 'open').length
}

test('a version has as many instances as it wants, without a task, and whoever goes is made anew', async () => {
  await using t = startRuntime({ healthCheckMs: 20, maxAgeMs: 300 })
  await t.load('warm', HELLO, { minWarm: 3 })
  await until(() => openOf(t, 'warm') === 3)
  const isOld = t.runtime.stats().entries.map(({ ageMs }) => performance.now() - ageMs)
  const youngest = Math.max(...isOld)
  await until(
    () =>
      openOf(t, 'warm') >= 3 &&
      t.runtime.stats().entries.every(({ ageMs }) => performance.now() - ageMs > youngest + 100),
  )
})

test('it is evicted after those that want none', async () => {
  await using t = startRuntime({ poolSize: 2 })
  await t.load('warm', HELLO, { minWarm: 1 })
  for (const worker of ['a', 'b', 'c']) {
    await t.load(worker, HELLO)
    await t.fetch(worker)
  }
  assert.equal(openOf(t, 'warm'), 1)
  assert.equal(openOf(t, 'c'), 1)
})

test('it goes where nothing else is idle, and comes back when there is room', async () => {
  await using t = startRuntime({ poolSize: 1, healthCheckMs: 20 })
  await t.load('warm', HELLO, { minWarm: 1 })
  await t.load('other', HELLO)
  assert.equal((await t.fetch('other')).text, 'hello')
  assert.equal(openOf(t, 'warm'), 0)
  t.runtime.remove('other')
  await until(() => openOf(t, 'warm') === 1)
})

test('a version that was replaced is not kept', async () => {
  await using t = startRuntime({ healthCheckMs: 20 })
  await t.load('warm', HELLO, { id: 'one', minWarm: 2 })
  await t.load('warm', HELLO, { id: 'two', minWarm: 1 })
  const idsOf = (): string =>
    t.runtime
      .stats()
      .entries.map(({ version }) => version)
      .join(' ')
  await until(() => idsOf() === 'two')
})

test('a version that its first task loads is kept ready from then on', async () => {
  await using t = startRuntime()
  await t.runtime.load({ worker: 'warm', bundle: bundleSource(HELLO), minWarm: 2 }, { start: 'on-demand' })
  assert.equal((await t.fetch('warm')).text, 'hello')
  await until(() => openOf(t, 'warm') === 2)
})

test('a version that came while there was no room is kept ready once there is some', async () => {
  await using t = startRuntime({ poolSize: 1, healthCheckMs: 20 })
  await t.load('busy', HOLD)
  const { body, entered, open } = gate()
  const task = t.fetch('busy', '/', { method: 'POST', body })
  await entered
  await t.load('warm', HELLO, { minWarm: 1 })
  assert.equal(openOf(t, 'warm'), 0)
  open()
  await task
  t.runtime.remove('busy')
  await until(() => openOf(t, 'warm') === 1)
})
