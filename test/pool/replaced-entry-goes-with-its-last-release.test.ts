import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const NEW = 'export default { fetch: () => new Response("new") }'

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: a replaced entry serves what it has, and then goes`, async () => {
    const retired: string[] = []
    await using t = startRuntime({ mode, observer: { instanceRetired: ({ cause }) => retired.push(cause) } })
    await t.load('worker', HOLD, { id: 'old' })
    const gates = [gate(), gate()]
    const old = gates.map(({ body }) => t.fetch('worker', '/', { method: 'POST', body }))
    await gates[0]?.entered
    await t.load('worker', NEW, { id: 'new' })
    assert.equal((await t.fetch('worker')).text, 'new', 'new tasks go to the new version')
    assert.deepEqual(retired, [])
    assert.deepEqual(
      t.runtime.stats().entries.map(({ version }) => version),
      ['old', 'new'],
    )
    gates[0]?.open('first')
    gates[1]?.open('second')
    assert.deepEqual(
      (await Promise.all(old)).map(({ text }) => text),
      ['held first', 'held second'],
    )
    await until(() => retired.length === 1)
    assert.deepEqual(retired, ['replaced'])
    assert.deepEqual(
      t.runtime.stats().entries.map(({ version }) => version),
      ['new'],
    )
  })
}

test('a replaced entry that a handle pins goes with the handle', async () => {
  await using t = startRuntime()
  await t.load('worker', HOLD, { id: 'old' })
  {
    using pin = t.runtime.pin('worker')
    assert.ok(pin)
    await t.load('worker', NEW, { id: 'new' })
    assert.equal(t.runtime.stats().cached, 2)
  }
  assert.deepEqual(
    t.runtime.stats().entries.map(({ version }) => version),
    ['new'],
  )
})

test('a version replaced while it loads leaves nothing behind', async () => {
  await using t = startRuntime()
  const slow = `await new Promise((resolve) => setTimeout(resolve, 5)); ${NEW}`
  const loads = [1, 2, 3].map(() => t.load('worker', slow))
  const waiting = t.runtime.load({ worker: 'other', bundle: bundleSource(slow) }, { start: 'on-demand' })
  await waiting
  const first = t.fetch('other')
  await t.load('other', NEW)
  assert.equal((await first).text, 'new')
  await Promise.all(loads)
  assert.equal((await t.fetch('worker')).text, 'new')
  await until(() => t.runtime.stats().cached === 2)
})

test('a worker that is removed finishes its tasks and is gone', async () => {
  await using t = startRuntime()
  await t.load('worker', HOLD)
  const held = gate()
  const task = t.fetch('worker', '/', { method: 'POST', body: held.body })
  await held.entered
  assert.equal(t.runtime.remove('worker'), true)
  assert.equal((await t.fetch('worker')).outcome, 'notFound')
  held.open('still')
  assert.equal((await task).text, 'held still')
  await until(() => t.runtime.stats().cached === 0)
})

test('an id that is used again is another version all the same', async () => {
  await using t = startRuntime()
  await t.load('worker', HOLD, { id: 'same' })
  await t.load('worker', NEW, { id: 'same' })
  assert.equal((await t.fetch('worker')).text, 'new')
  await assert.rejects(t.load('worker', 'throw new Error("broken")', { id: 'same' }), { code: 'LOAD_FAILED' })
  assert.equal((await t.fetch('worker')).text, 'new')
})
