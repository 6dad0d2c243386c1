import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { MODE_CASES } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

for (const { name, options } of MODE_CASES.filter((mode) => mode.options.mode === 'pool')) {
  test(`${name}: the second task of a worker waits for the first, in order; another worker does not`, async () => {
    await using t = startRuntime(options)
    await t.load('same', HOLD)
    await t.load('other', HOLD)
    const gates = [gate(), gate(), gate()]
    const ended: number[] = []
    const tasks = gates.map(async ({ body }, number) => {
      const { text } = await t.fetch('same', '/', { method: 'POST', body })
      ended.push(number)
      return text
    })
    await gates[0]?.entered
    // What comes later may not overtake, though it could finish at once.
    gates[2]?.open('third')
    gates[1]?.open('second')
    assert.equal((await t.fetch('other')).text, 'held ')
    assert.deepEqual(ended, [])
    const { queueDepth, running } = t.runtime.stats().entries.find(({ worker }) => worker === 'same') ?? {}
    assert.deepEqual({ queueDepth, running }, { queueDepth: 2, running: 1 })
    gates[0]?.open('first')
    assert.deepEqual(await Promise.all(tasks), ['held first', 'held second', 'held third'])
    assert.deepEqual(ended, [0, 1, 2])
  })
}
