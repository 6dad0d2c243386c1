import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

test('total, cached, capacity, hit rate, waiting and entries follow what happens', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 3 })
  const { runtime } = t
  assert.deepEqual(runtime.stats(), {
    total: 3,
    cached: 0,
    capacity: 3,
    hitRate: 0,
    hits: 0,
    misses: 0,
    evictions: 0,
    waiting: 0,
    reserve: 0,
    entries: [],
  })
  for (const worker of ['a', 'b', 'c', 'd']) await t.load(worker, HOLD, { tenant: 'default', id: 'one' })
  // Four were loaded ahead into three places: the first of them was evicted.
  await t.fetch('b')
  await t.fetch('b')
  await t.fetch('c')
  await t.fetch('a')
  const { hits, misses, hitRate, evictions, cached, capacity } = runtime.stats()
  assert.deepEqual(
    { hits, misses, hitRate, evictions, cached, capacity },
    {
      hits: 3,
      misses: 1,
      hitRate: 0.75,
      evictions: 2,
      cached: 3,
      capacity: 0,
    },
  )

  const gates = [gate(), gate(), gate()]
  const tasks = gates.map(({ body }) => t.fetch('b', '/', { method: 'POST', body }))
  await gates[0]?.entered
  const entry = runtime.stats().entries.find(({ worker }) => worker === 'b')
  assert.ok(entry)
  const { ageMs, heapBytes, ...facts } = entry
  assert.deepEqual(facts, {
    tenant: 'default',
    worker: 'b',
    version: 'one',
    mode: 'pool',
    state: 'open',
    tasksServed: 3,
    running: 1,
    queueDepth: 2,
    openOps: 1,
    sockets: 0,
  })
  assert.ok(ageMs > 0)
  assert.ok(heapBytes > 500_000 && heapBytes < 50_000_000, `${heapBytes} bytes`)
  for (const { open } of gates) open()
  await Promise.all(tasks)
  await until(() => runtime.stats().entries.every(({ running, queueDepth }) => running === 0 && queueDepth === 0))
  assert.equal(runtime.stats().entries.find(({ worker }) => worker === 'b')?.tasksServed, 5)
})

inEveryMode('an idle entry tells the heap of its isolate', async ({ load, fetch, runtime }) => {
  await load('idle', HOLD)
  await fetch('idle')
  for (const { heapBytes } of runtime.stats().entries) assert.ok(heapBytes > 500_000, `${heapBytes} bytes`)
})
