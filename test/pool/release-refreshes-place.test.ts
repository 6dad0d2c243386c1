import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: what ended last is evicted last, though it began first`, async () => {
    await using t = startRuntime({ mode, poolSize: 2 })
    await t.load('long', HOLD)
    await t.load('short', HOLD)
    const held = gate()
    const long = t.fetch('long', '/', { method: 'POST', body: held.body })
    await held.entered
    await t.fetch('short')
    held.open()
    await long
    await until(() => t.records.length === 2)

    await t.load('new', HOLD)
    const { entries } = t.runtime.stats()
    assert.deepEqual(entries.map(({ worker }) => worker).toSorted(), ['long', 'new'])
  })
}
