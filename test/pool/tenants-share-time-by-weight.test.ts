import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Turns } from '../../src/pool/turns.ts'
import { startRuntime } from '../support/runtime.ts'

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** Runs steps of both tenants, each with something waiting at all times, until that much time is used. */
async function share(
  turns: Turns,
  stepUs: Readonly<Record<'light' | 'heavy', number>>,
): Promise<Record<'light' | 'heavy', number>> {
  const used = { light: 0, heavy: 0 }
  let isOver = false
  const keepBusy = (tenant: 'light' | 'heavy'): void => {
    if (isOver) return
    turns.add(tenant, () => {
      used[tenant] += stepUs[tenant]
      turns.charge(tenant, stepUs[tenant])
      keepBusy(tenant)
    })
  }
  for (const tenant of ['light', 'heavy'] as const) for (let steps = 0; steps < 5; steps++) keepBusy(tenant)
  while (used.light + used.heavy < 40_000_000) await nextTurn()
  isOver = true
  return used
}

for (const [name, stepUs] of Object.entries({
  'shorter than a slice': { light: 500, heavy: 500 },
  'longer than a slice': { light: 20_000, heavy: 20_000 },
  'of one much longer than of the other': { light: 50_000, heavy: 100 },
})) {
  test(`steps ${name}: time is shared as the weights are`, async () => {
    const turns = new Turns()
    turns.weigh('heavy', 3)
    const used = await share(turns, stepUs)
    const ratio = used.heavy / used.light
    assert.ok(ratio > 2.9 && ratio < 3.1, `${ratio}`)
  })
}

test('a weight that is changed holds from then on', async () => {
  const turns = new Turns()
  turns.weigh('heavy', 100)
  turns.weigh('heavy', 2)
  const used = await share(turns, { light: 1000, heavy: 1000 })
  const ratio = used.heavy / used.light
  assert.ok(ratio > 1.95 && ratio < 2.05, `${ratio}`)
})

test('a tenant of little weight with one task is not in debt to one of much weight with many', async () => {
  const turns = new Turns()
  turns.weigh('heavy', 100)
  const order: string[] = []
  for (let steps = 0; steps < 50; steps++) {
    turns.add('heavy', () => {
      order.push('heavy')
      turns.charge('heavy', 20_000)
    })
  }
  while (order.length < 3) await nextTurn()
  const before = order.length
  turns.add('light', () => order.push('light'))
  while (!order.includes('light')) await nextTurn()
  assert.equal(order.indexOf('light'), before)
})

test('who comes while a tenant that is alone is at work is next', async () => {
  const turns = new Turns()
  const order: string[] = []
  const again = (): void =>
    turns.add('alone', () => {
      order.push('alone')
      turns.charge('alone', 20_000)
      if (order.length < 20) again()
    })
  again()
  for (let comers = 0; comers < 5; comers++) {
    await nextTurn()
    const before = order.length
    turns.add('late', () => order.push('late'))
    while (order.length === before) await nextTurn()
    assert.equal(order[before], 'late')
  }
})

/** 10 ms of work in ten entries: the instance is left at each await. */
const IN_STEPS = `
const spin = (until) => { while (Date.now() < until); }
export default { async fetch() {
  for (let step = 0; step < 10; step++) {
    spin(Date.now() + 1)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return new Response('done')
} }`

for (const [name, code] of Object.entries({
  'of one entry': `export default { fetch() { const end = Date.now() + 20; while (Date.now() < end); return new Response('spun') } }`,
  'of many entries': IN_STEPS,
})) {
  test(`tasks ${name}: CPU time is shared as the weights are`, async () => {
    await using t = startRuntime({ mode: 'persistent', clock: 'real', tenantWeights: { heavy: 3 } })
    const cpuUs = { light: 0, heavy: 0 }
    for (const tenant of ['light', 'heavy'] as const) await t.load('app', code, { tenant })
    let atFirst: typeof cpuUs | undefined
    let isOver = false
    const over = Promise.withResolvers<void>()
    const request = { method: 'GET', url: 'http://local/', headers: [] } as const
    const ask = async (tenant: 'light' | 'heavy'): Promise<void> => {
      while (!isOver) {
        const { usage } = await t.runtime.dispatch({ tenant, worker: 'app' }, { type: 'fetch', request })
        cpuUs[tenant] += usage.cpuUs
        const sumUs = cpuUs.light + cpuUs.heavy
        // Until the lines have formed each starts whatever comes.
        if (atFirst === undefined && sumUs > 1_000_000) atFirst = { ...cpuUs }
        if (sumUs < 4_000_000) continue
        isOver = true
        over.resolve()
      }
    }
    const callers = (['light', 'heavy'] as const).flatMap((tenant) => Array.from({ length: 50 }, () => ask(tenant)))
    await over.promise
    const { heavy = 0, light = 0 } = atFirst ?? {}
    const ratio = (cpuUs.heavy - heavy) / (cpuUs.light - light)
    await Promise.all(callers)
    assert.ok(ratio > 2 && ratio < 4.5, `${ratio}`)
  })
}
