import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MODE_CASES } from '../support/modes.ts'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

const SLOW_TO_LOAD = `
  await new Promise((resolve) => setTimeout(resolve, 5))
  export default { fetch: () => new Response('hello') }`

test('a task waits for a place that a version loaded ahead holds, until it has loaded', async () => {
  await using t = startRuntime({ poolSize: 1 })
  await t.load('first', 'export default { fetch: () => new Response("first") }')
  const loading = t.load('slow', SLOW_TO_LOAD)
  assert.equal((await t.fetch('first')).text, 'first')
  await loading
  assert.equal((await t.fetch('slow')).text, 'hello')
})

for (const { name, options } of MODE_CASES) {
  test(`${name}: a task waits for a place whose next context is being made`, async () => {
    await using t = startRuntime({ ...options, poolSize: 1 })
    await t.load('slow', SLOW_TO_LOAD)
    await t.load('other', HOLD, { tenant: 'another' })
    assert.equal((await t.fetch('slow')).text, 'hello')
    const { body, open } = gate()
    open('in')
    const request = { method: 'POST', url: 'http://other.localhost/', headers: [], body }
    const result = await t.runtime.dispatch({ tenant: 'another', worker: 'other' }, { type: 'fetch', request })
    assert.equal(result.body, 'held in')
    assert.equal((await t.fetch('slow')).text, 'hello')
  })
}
