import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Turns } from '../../src/pool/turns.ts'
import { MODE_CASES } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

const SPIN_20_MS = `export default { fetch() { const end = Date.now() + 20; while (Date.now() < end); return new Response('spun') } }`

for (const { name, options } of MODE_CASES.filter(({ options: { executor } }) => executor !== 'threads')) {
  test(`${name}: the event loop turns between the tasks of a burst`, async () => {
    await using t = startRuntime({ ...options, clock: 'real', poolSize: 40 })
    await t.load('busy', SPIN_20_MS)
    let turns = 0
    let isOver = false
    const count = (): void => {
      turns += 1
      if (!isOver) setImmediate(count)
    }
    count()
    const answers = await Promise.all(Array.from({ length: 20 }, () => t.fetch('busy')))
    isOver = true
    assert.ok(answers.every(({ text }) => text === 'spun'))
    // One for each task, since each takes longer than a turn should; on a machine that is busy with others, some fewer.
    assert.ok(turns >= 10, `${turns} turns`)
  })
}

test('a tenant with one task overtakes a tenant with fifty waiting', async () => {
  await using t = startRuntime({ clock: 'real', mode: 'persistent' })
  await t.load('busy', SPIN_20_MS, { tenant: 'many' })
  await t.load('quick', `export default { fetch: () => new Response('quick') }`, { tenant: 'few' })
  const request = { url: 'http://local/', method: 'GET', headers: [] } as const
  const ask = (tenant: string, worker: string) => t.runtime.dispatch({ tenant, worker }, { type: 'fetch', request })
  let ended = 0
  const flood = Array.from({ length: 50 }, async () => {
    await ask('many', 'busy')
    ended += 1
  })
  await new Promise((resolve) => setTimeout(resolve, 30))
  const endedBefore = ended
  const { outcome } = await ask('few', 'quick')
  const endedMeanwhile = ended - endedBefore
  assert.equal(outcome, 'ok')
  assert.ok(endedMeanwhile <= 2, `${endedMeanwhile} of the other tenant's tasks came first`)
  await Promise.all(flood)
})

test('tenants that always have something waiting get the same time, however long their steps', async () => {
  const turns = new Turns()
  const used = { long: 0, short: 0 }
  let isOver = false
  const keepBusy = (tenant: 'long' | 'short', usedUs: number): void => {
    if (isOver) return
    turns.add(tenant, () => {
      used[tenant] += usedUs
      turns.charge(tenant, usedUs)
      keepBusy(tenant, usedUs)
    })
  }
  keepBusy('long', 25_000)
  for (let steps = 0; steps < 20; steps++) keepBusy('short', 1000)
  while (used.long + used.short < 10_000_000) await new Promise((resolve) => setImmediate(resolve))
  isOver = true
  const share = used.long / (used.long + used.short)
  assert.ok(share > 0.48 && share < 0.52, `${share}`)
})

test('what a tenant used while nobody waited is not held against it', async () => {
  const turns = new Turns()
  const order: string[] = []
  const step = (tenant: string) => () => {
    order.push(tenant)
    turns.charge(tenant, 3_600_000_000)
  }
  turns.add('alone', step('alone'))
  while (order.length < 1) await new Promise((resolve) => setImmediate(resolve))
  turns.charge('alone', 3_600_000_000)
  turns.add('alone', step('alone'))
  turns.add('other', step('other'))
  while (order.length < 3) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(order, ['alone', 'alone', 'other'])
})
