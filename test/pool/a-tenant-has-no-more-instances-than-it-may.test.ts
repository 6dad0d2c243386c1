import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

function workersOf({ runtime }: TestRuntime, tenant: string): readonly string[] {
  return runtime
    .stats()
    .entries.filter((entry) => entry.tenant === tenant)
    .map(({ worker }) => worker)
}

function ask({ runtime }: TestRuntime, tenant: string, worker: string) {
  const request = { url: 'http://local/', method: 'GET', headers: [] } as const
  return runtime.dispatch({ tenant, worker }, { type: 'fetch', request })
}

test('a tenant that has as many makes room for itself, not at the cost of others', async () => {
  await using t = startRuntime({ tenantInstances: 2 })
  await t.load('quiet', HELLO, { tenant: 'small' })
  for (const worker of ['a', 'b', 'c', 'd']) await t.load(worker, HELLO, { tenant: 'large' })
  assert.deepEqual(workersOf(t, 'large'), ['c', 'd'])
  assert.deepEqual(workersOf(t, 'small'), ['quiet'])
})

test('its tasks wait where all of its instances are busy, and hold up nobody else', async () => {
  await using t = startRuntime({ tenantInstances: 1 })
  await t.load('busy', HOLD, { tenant: 'large' })
  await t.load('waits', HELLO, { tenant: 'large' })
  await t.load('late', HELLO, { tenant: 'small' })
  await t.load('later', HELLO, { tenant: 'small' })
  const held = gate()
  const request = { url: 'http://local/', method: 'POST', headers: [], body: held.body } as const
  const busy = t.runtime.dispatch({ tenant: 'large', worker: 'busy' }, { type: 'fetch', request })
  await held.entered
  let isOver = false
  const waits = ask(t, 'large', 'waits').then((result) => {
    isOver = true
    return result
  })
  for (const worker of ['late', 'later', 'late']) assert.equal((await ask(t, 'small', worker)).outcome, 'ok')
  assert.equal(isOver, false)
  held.open()
  assert.equal((await busy).outcome, 'ok')
  assert.equal((await waits).outcome, 'ok')
})
