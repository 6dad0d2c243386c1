import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MODES } from '../../src/version.ts'
import { startRuntime } from '../support/runtime.ts'

for (const mode of MODES) {
  test(`${mode}: 100 tasks for 12 workers of 4 tenants never make more than 3 instances at once`, async () => {
    let most = 0
    await using t = startRuntime({
      mode,
      poolSize: 3,
      taskQueueSize: 200,
      observer: {
        instanceCreated: () => {
          most = Math.max(most, t.runtime.stats().cached)
        },
      },
    })
    const workers = Array.from({ length: 12 }, (_, number) => ({ tenant: `t${number % 4}`, worker: `w${number}` }))
    for (const { tenant, worker } of workers) {
      await t.load(
        worker,
        `export default { async fetch() {
          await new Promise((resolve) => setTimeout(resolve, 1))
          return new Response('${worker}')
        } }`,
        { tenant },
      )
    }
    const tasks = Array.from({ length: 100 }, async (_, number) => {
      const id = workers[(number * 7) % workers.length] ?? { tenant: '', worker: '' }
      const request = { method: 'GET', url: 'http://any.localhost/', headers: [] }
      const { outcome, body } = await t.runtime.dispatch(id, { type: 'fetch', request })
      assert.equal(outcome, 'ok')
      assert.equal(body, id.worker)
      assert.ok(t.runtime.stats().cached <= 3)
    })
    await Promise.all(tasks)
    assert.ok(most <= 3, `${most} instances`)
    assert.equal(t.records.length, 100)
    assert.equal(t.runtime.stats().waiting, 0)
  })
}
