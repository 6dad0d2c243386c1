import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const NAMES = Array.from({ length: 12 }, (_, number) => `w${number}`)

function shuffled(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ name }) => name)
}

const ORDERS: readonly (readonly [string, readonly string[]])[] = [
  ['oldest first', NAMES],
  ['newest first', NAMES.toReversed()],
  ['in random order', shuffled(NAMES)],
]

for (const mode of ['pool', 'persistent'] as const) {
  for (const [how, order] of ORDERS) {
    test(`${mode}: instances are dropped ${how}, during the tasks of the others`, async () => {
      await using t = startRuntime({ mode })
      const gates = new Map(NAMES.map((name) => [name, gate()]))
      const tasks = new Map<string, Promise<{ readonly text: string }>>()
      for (const name of NAMES) {
        await t.load(name, HOLD)
        const { body, entered } = gates.get(name) ?? gate()
        tasks.set(name, t.fetch(name, '/', { method: 'POST', body }))
        await entered
      }
      for (const [dropped, name] of order.entries()) {
        t.runtime.remove(name)
        gates.get(name)?.open(name)
        assert.equal((await tasks.get(name))?.text, `held ${name}`)
        await until(() => t.runtime.stats().cached === NAMES.length - dropped - 1)
      }
    })
  }

  test(`${mode}: a runtime closes while all its instances are busy`, async () => {
    const t = startRuntime({ mode })
    const tasks: Promise<{ readonly outcome: string }>[] = []
    const gates = NAMES.map(() => gate())
    for (const [number, name] of NAMES.entries()) {
      await t.load(name, HOLD)
      const { body, entered } = gates[number] ?? gate()
      tasks.push(t.fetch(name, '/', { method: 'POST', body }))
      await entered
    }
    await t.runtime.close()
    for (const { outcome } of await Promise.all(tasks)) assert.equal(outcome, 'recycled')
    assert.equal(t.runtime.stats().cached, 0)
    assert.ok(gates.every(({ isCanceled }) => isCanceled))
  })
}
