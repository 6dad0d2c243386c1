import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'
const INSTANCES = 20

test('instances that were made together are not all replaced at once', async () => {
  let created = 0
  let aged = 0
  await using t = startRuntime({
    persistentReplicas: INSTANCES,
    maxAgeMs: 5000,
    healthCheckMs: 10,
    observer: {
      instanceCreated: () => (created += 1),
      instanceRetired: ({ cause }) => {
        if (cause === 'age') aged += 1
      },
    },
  })
  await t.load('warm', HELLO, { minWarm: INSTANCES })
  await until(() => created === INSTANCES)
  // Each one that is on its way out has a successor beside it.
  let most = 0
  await until(() => {
    most = Math.max(most, t.runtime.stats().entries.length)
    return aged === INSTANCES
  })
  assert.ok(most < INSTANCES * 1.5, `${most} instances at once`)
})
