import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: an entry with a running task stays, older or not; an idle one goes`, async () => {
    await using t = startRuntime({ mode, poolSize: 2 })
    await t.load('busy', HOLD)
    await t.load('idle', HELLO)
    const held = gate()
    const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
    await held.entered
    await t.fetch('idle')
    await t.load('third', HELLO)
    assert.deepEqual(
      t.runtime
        .stats()
        .entries.map(({ worker }) => worker)
        .toSorted(),
      ['busy', 'third'],
    )
    held.open('to the end')
    assert.equal((await busy).text, 'held to the end')
  })

  test(`${mode}: where all entries are in use, a task for another worker waits for the first to become free`, async () => {
    await using t = startRuntime({ mode, poolSize: 2 })
    const gates = [gate(), gate()]
    const busy = gates.map(async ({ body, entered }, number) => {
      await t.load(`busy-${number}`, HOLD)
      const answer = t.fetch(`busy-${number}`, '/', { method: 'POST', body })
      await entered
      return { answer }
    })
    const [first, second] = await Promise.all(busy)
    await t.load('late', HELLO)
    const late = t.fetch('late')
    await until(() => t.runtime.stats().waiting === 1)
    assert.equal(t.runtime.stats().evictions, 0)
    gates[1]?.open('b')
    assert.equal((await late).text, 'hello')
    assert.equal((await second?.answer)?.text, 'held b')
    gates[0]?.open('a')
    assert.equal((await first?.answer)?.text, 'held a')
  })
}

test('an entry that a handle pins stays until the handle is disposed of', async () => {
  await using t = startRuntime({ poolSize: 1 })
  await t.load('pinned', HELLO)
  await t.load('other', HELLO, { mode: 'pool' })
  const lateDone: string[] = []
  await t.fetch('pinned')
  {
    using pin = t.runtime.pin('pinned')
    assert.ok(pin)
    const late = t.fetch('other').then(({ text }) => lateDone.push(text))
    await until(() => t.runtime.stats().waiting === 1)
    assert.equal((await t.fetch('pinned')).text, 'hello')
    assert.deepEqual(lateDone, [])
    assert.deepEqual(
      t.runtime.stats().entries.map(({ worker }) => worker),
      ['pinned'],
    )
    void late
  }
  await until(() => lateDone.length === 1)
  assert.deepEqual(
    t.runtime.stats().entries.map(({ worker }) => worker),
    ['other'],
  )
})

test('an entry is in use while work given to waitUntil goes on', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1 })
  await t.load(
    'background',
    `export default { fetch(request, env, ctx) {
      ctx.waitUntil(request.text().then((text) => console.log(text)))
      return new Response('answered')
    } }`,
  )
  await t.load('other', HELLO, {})
  const held = gate()
  assert.equal((await t.fetch('background', '/', { method: 'POST', body: held.body })).text, 'answered')
  const other = t.fetch('other')
  await until(() => t.runtime.stats().waiting === 1)
  held.open('worked on')
  assert.equal((await other).text, 'hello')
  assert.equal(t.records.find(({ worker }) => worker === 'background')?.logs[0]?.message, 'worked on')
})
