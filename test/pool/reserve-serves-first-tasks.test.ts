import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { MODE_CASES } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = bundleSource('export default { fetch: () => new Response("hello") }')

for (const { name, options } of MODE_CASES) {
  test(`${name}: the first task of a new worker gets an instance of the reserve, which fills itself again`, async () => {
    const fromReserve: boolean[] = []
    await using t = startRuntime({
      ...options,
      reserveSize: 2,
      observer: { instanceCreated: (event) => fromReserve.push(event.fromReserve) },
    })
    await t.runtime.warmUp()
    assert.equal(t.runtime.stats().reserve, 2)
    await t.runtime.load({ worker: 'new', bundle: HELLO }, { start: 'on-demand' })
    assert.equal((await t.fetch('new')).text, 'hello')
    assert.deepEqual(fromReserve, [true])
    await until(() => t.runtime.stats().reserve === 2)
  })
}

test('a reserve that was asked for one instance fills itself beyond', async () => {
  await using t = startRuntime({ reserveSize: 3 })
  await t.runtime.warmUp(1)
  assert.ok(t.runtime.stats().reserve >= 1)
  await until(() => t.runtime.stats().reserve === 3)
})

test('more workers than the reserve has are served all the same, and other heap sizes get instances of their own', async () => {
  const fromReserve: boolean[] = []
  await using t = startRuntime({
    reserveSize: 1,
    observer: { instanceCreated: (event) => fromReserve.push(event.fromReserve) },
  })
  await t.runtime.warmUp()
  await t.runtime.load({ worker: 'small', bundle: HELLO, limits: { heapMb: 16 } })
  assert.deepEqual(fromReserve, [false])
  const loads = ['a', 'b', 'c'].map((worker) => t.runtime.load({ worker, bundle: HELLO }))
  await Promise.all(loads)
  assert.deepEqual(fromReserve.slice(1).toSorted(), [false, false, true])
  for (const worker of ['a', 'b', 'c', 'small']) assert.equal((await t.fetch(worker)).text, 'hello')
})
