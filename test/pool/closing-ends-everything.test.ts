import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { MODE_CASES } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

const NEVER_LOADED = 'await new Promise((resolve) => setTimeout(resolve, 3_600_000)); export default { fetch() {} }'
const HELLO = 'export default { fetch: () => new Response("hello") }'

for (const { name, options } of MODE_CASES) {
  test(`${name}: closing ends a load that is under way, and the tasks that wait for it`, async () => {
    const t = startRuntime({ ...options, limits: { startupWallMs: 3_600_000, wallMs: 3_600_000 } })
    const loading = t.load('ahead', NEVER_LOADED)
    await t.runtime.load({ worker: 'on-demand', bundle: bundleSource(NEVER_LOADED) }, { start: 'on-demand' })
    const waiting = [t.fetch('on-demand'), t.fetch('on-demand')]
    // A turn, so that loading is really under way.
    await new Promise((resolve) => setImmediate(resolve))
    await t.runtime.close()
    await assert.rejects(loading, { name: 'IsopodError' })
    for (const { outcome } of await Promise.all(waiting)) assert.ok(['loadShed', 'recycled'].includes(outcome), outcome)
    assert.equal(t.runtime.stats().cached, 0)
  })

  test(`${name}: closing at any moment of a task's life breaks nothing`, async () => {
    for (let turns = 0; turns < 6; turns++) {
      const t = startRuntime({ ...options, reserveSize: 1 })
      await t.load('hello', HELLO)
      const tasks = [t.fetch('hello'), t.fetch('hello')]
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      await t.runtime.close()
      for (const { outcome } of await Promise.all(tasks)) {
        assert.ok(['ok', 'loadShed', 'recycled'].includes(outcome), outcome)
      }
    }
  })

  test(`${name}: a closed runtime refuses tasks and versions`, async () => {
    const t = startRuntime(options)
    await t.load('hello', HELLO)
    await t.runtime.close()
    const { outcome, error } = await t.fetch('hello')
    assert.equal(outcome, 'loadShed')
    assert.equal(error?.code, 'RUNTIME_CLOSED')
    await assert.rejects(t.load('hello', HELLO), { code: 'RUNTIME_CLOSED' })
    await t.runtime.close()
  })
}
