import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pace } from '../../src/pool/pace.ts'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

test('the time to come again is what those who wait will take at the pace of late', () => {
  const pace = new Pace()
  pace.began(0)
  for (let left = 1; left <= 1000; left++) pace.moved(left * 200)
  const afterMs = pace.retryAfterMs(50, 200_000)
  assert.ok(afterMs > 9500 && afterMs <= 10_000, `${afterMs}`)
  // It has got ten times as fast.
  for (let left = 1; left <= 1000; left++) pace.moved(200_000 + left * 20)
  const soonerMs = pace.retryAfterMs(100, 220_000)
  assert.ok(soonerMs > 1900 && soonerMs <= 2000, `${soonerMs}`)
})

test('a line that does not move looks slower with every moment, within a minute', () => {
  const pace = new Pace()
  pace.began(0)
  assert.equal(pace.retryAfterMs(2, 0), 1000)
  assert.equal(pace.retryAfterMs(2, 4000), 8000)
  assert.equal(pace.retryAfterMs(2, 3_600_000), 60_000)
  // Time in which nobody waited is nobody's.
  pace.moved(4000)
  pace.began(1_000_000)
  assert.equal(pace.retryAfterMs(1, 1_000_000), 2000)
})

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: who is refused for a full line hears when to come again`, async () => {
    await using t = startRuntime({
      mode,
      poolSize: 1,
      taskQueueSize: 1,
      persistentTasksAtOnce: 1,
      persistentReplicas: 1,
    })
    for (const worker of ['busy', 'other']) await t.load(worker, HOLD)
    const held = gate()
    const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
    await held.entered
    for (const worker of ['busy', 'other']) {
      const waiting = t.fetch(worker)
      const refused = await t.fetch(worker)
      assert.equal(refused.outcome, 'loadShed')
      const { retryAfterMs = 0 } = refused
      assert.ok(retryAfterMs >= 1000 && retryAfterMs <= 60_000, `${retryAfterMs}`)
      void waiting
    }
    held.open()
    await busy
  })
}

test('while memory is short, for as long again as it has been', async () => {
  await using t = startRuntime({ mode: 'worker' })
  await t.load('app', HOLD)
  t.runtime.memory.memory = 'full'
  const { error, retryAfterMs } = await t.fetch('app')
  assert.equal(error?.code, 'MEMORY_PRESSURE')
  assert.equal(retryAfterMs, 1000)
})
