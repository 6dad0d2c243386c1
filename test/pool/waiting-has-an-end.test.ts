import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

for (const [what, options] of [
  ['for its worker', { mode: 'persistent', persistentTasksAtOnce: 1, persistentReplicas: 1 }],
  ['for a place in the pool', { mode: 'pool', poolSize: 1 }],
] as const) {
  test(`a task that waits too long ${what} is refused; one that runs as long is not`, async () => {
    await using t = startRuntime({ ...options, queueWaitMs: 50 })
    await t.load('busy', HOLD)
    await t.load('other', HOLD)
    const held = gate()
    const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
    await held.entered
    const late = await t.fetch(what === 'for its worker' ? 'busy' : 'other')
    assert.equal(late.outcome, 'loadShed')
    assert.equal(late.error?.code, 'QUEUE_TIMEOUT')
    assert.match(late.error?.message ?? '', /"(?:busy|other)".*50 ms.*ISOPOD_QUEUE_WAIT_MS/)
    assert.ok((late.retryAfterMs ?? 0) >= 1000)
    held.open()
    assert.equal((await busy).outcome, 'ok')
  })
}

test('what a task waited is no limit of its own work: it may run on after the time it might have waited', async () => {
  await using t = startRuntime({
    mode: 'persistent',
    persistentTasksAtOnce: 1,
    persistentReplicas: 1,
    queueWaitMs: 200,
  })
  await t.load('busy', HOLD)
  const [first, second] = [gate(), gate()]
  const busy = t.fetch('busy', '/', { method: 'POST', body: first.body })
  await first.entered
  const waited = t.fetch('busy', '/', { method: 'POST', body: second.body })
  const overdue = t.fetch('busy')
  first.open()
  await second.entered
  // It has waited for longer than the second did, and its time is up while the second still runs.
  assert.equal((await overdue).error?.code, 'QUEUE_TIMEOUT')
  second.open('on')
  assert.equal((await waited).text, 'held on')
  await busy
})

test('the wall time of a task that is shorter than its wait comes first', async () => {
  await using t = startRuntime({
    mode: 'persistent',
    persistentTasksAtOnce: 1,
    persistentReplicas: 1,
    limits: { wallMs: 1500 },
  })
  await t.load('busy', HOLD, { limits: { wallMs: 30_000 } })
  await t.load('short', HOLD)
  const hold = gate()
  const running = t.fetch('short', '/', { method: 'POST', body: hold.body })
  await hold.entered
  assert.equal((await t.fetch('short')).error?.code, 'WALL_TIME_LIMIT')
  hold.open()
  await running
})
