import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

test('a tenant takes as many places in the line for the pool as it may, and the next tenants still find some', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1, taskQueueSize: 6 })
  const tenants = ['first', 'second', 'third'] as const
  for (const tenant of tenants) await t.load('app', HOLD, { tenant })
  await t.load('busy', HOLD)
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const request = { method: 'GET', url: 'http://local/', headers: [] } as const
  const flood = tenants.map((tenant) =>
    Array.from({ length: 20 }, () => t.runtime.dispatch({ tenant, worker: 'app' }, { type: 'fetch', request })),
  )
  held.open()
  await busy
  const served = await Promise.all(
    flood.map(async (answers) => (await Promise.all(answers)).filter(({ outcome }) => outcome === 'ok').length),
  )
  // Alone it may take all of its own 6; of the 6 that are left the next takes half, and so on.
  assert.deepEqual(served, [6, 3, 2])
})

test('a place that becomes free goes to the tenants in turn, however many wait of each', async () => {
  await using t = startRuntime({ mode: 'worker', poolSize: 1 })
  for (const tenant of ['many', 'few', 'one']) await t.load('app', HOLD, { tenant })
  await t.load('busy', HOLD)
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const order: string[] = []
  const ask = async (tenant: string, name: string): Promise<void> => {
    const request = { method: 'GET', url: 'http://local/', headers: [] } as const
    await t.runtime.dispatch({ tenant, worker: 'app' }, { type: 'fetch', request })
    order.push(name)
  }
  const tasks = ['a', 'b', 'c', 'd'].map((name) => ask('many', name))
  tasks.push(ask('few', 'x'), ask('few', 'y'), ask('one', 'z'))
  held.open()
  await Promise.all([busy, ...tasks])
  assert.deepEqual(order, ['a', 'x', 'z', 'b', 'y', 'c', 'd'])
})
