import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const GROWS = `
  let tasks = 0
  const kept = []
  export default { fetch() {
    tasks += 1
    kept.push(Array.from({ length: 100_000 }, (_, number) => ({ number })))
    return new Response(String(tasks))
  } }`

test('an instance that keeps too much is replaced, and no task is lost', async () => {
  const retired: string[] = []
  await using t = startRuntime({
    restartMemoryMb: 20,
    healthCheckMs: 20,
    limits: { cpuMs: 900, heapMb: 200 },
    observer: { instanceRetired: ({ cause }) => retired.push(cause) },
  })
  await t.load('grows', GROWS)
  let last = 0
  // It starts to count again once it was replaced.
  for (;;) {
    const { outcome, text } = await t.fetch('grows')
    assert.equal(outcome, 'ok')
    if (Number(text) <= last) break
    last = Number(text)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => retired.length > 0)
  assert.equal(retired[0], 'memory')
})

test('where the heaps of all instances are above the budget, idle ones are given up', async () => {
  const retired: string[] = []
  await using t = startRuntime({
    memoryBudgetMb: 16,
    limits: { cpuMs: 900, heapMb: 100 },
    observer: { instanceRetired: ({ worker, cause }) => retired.push(`${worker} ${cause}`) },
  })
  const large = `
    const kept = Array.from({ length: 300_000 }, (_, number) => ({ number }))
    export default { fetch: () => new Response(String(kept.length)) }`
  for (const worker of ['a', 'b', 'c']) {
    await t.load(worker, large)
    assert.equal((await t.fetch(worker)).text, '300000')
    t.runtime.collectGarbage()
  }
  assert.deepEqual(retired, ['a evicted', 'b evicted'].slice(0, retired.length))
  assert.ok(retired.length >= 1)
})
