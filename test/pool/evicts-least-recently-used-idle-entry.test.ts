import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

function cachedWorkers({ runtime }: TestRuntime): string[] {
  return runtime
    .stats()
    .entries.map(({ worker }) => worker)
    .toSorted()
}

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: a full pool gives up the entry that was used longest ago`, async () => {
    const evicted: string[] = []
    await using t = startRuntime({
      mode,
      poolSize: 3,
      observer: { instanceRetired: ({ worker, cause }) => cause === 'evicted' && evicted.push(worker) },
    })
    for (const worker of ['a', 'b', 'c']) await t.load(worker, HELLO)
    await t.load('d', HELLO)
    assert.deepEqual(evicted, ['a'])
    assert.deepEqual(cachedWorkers(t), ['b', 'c', 'd'])

    assert.equal((await t.fetch('a')).text, 'hello')
    assert.deepEqual(evicted, ['a', 'b'])
    assert.deepEqual(cachedWorkers(t), ['a', 'c', 'd'])
    assert.equal(t.runtime.stats().evictions, 2)
  })

  test(`${mode}: a task refreshes the place of its entry`, async () => {
    await using t = startRuntime({ mode, poolSize: 3 })
    for (const worker of ['a', 'b', 'c']) await t.load(worker, HELLO)
    await t.fetch('a')
    await t.load('d', HELLO)
    assert.deepEqual(cachedWorkers(t), ['a', 'c', 'd'])
    await t.fetch('c')
    await t.load('e', HELLO)
    assert.deepEqual(cachedWorkers(t), ['c', 'd', 'e'])
  })
}
