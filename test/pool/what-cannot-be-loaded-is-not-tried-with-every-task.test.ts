import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { gate } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

/** Loads a worker that could be loaded once, and counts how often it could not after that. */
async function start(options: RuntimeOptions) {
  let failures = 0
  const t = startRuntime({
    // The next look is beyond the end of the test.
    healthCheckMs: 1_000_000,
    ...options,
    observer: {
      instanceRetired: ({ cause }) => {
        if (cause === 'load-failed') failures += 1
      },
    },
  })
  const lastMs = Date.now() + 2000
  await t.load(
    'once',
    `if (Date.now() > ${lastMs}) throw new Error('too late')
    export default { async fetch(request) {
      if (request.url.endsWith('/throw')) throw new Error('thrown')
      return new Response(await request.text())
    } }`,
  )
  await until(() => Date.now() > lastMs + 10)
  return { t, failures: () => failures }
}

test('the successor of an instance that only throws', async () => {
  const { t, failures } = await start({ maxErrors: 1 })
  await using _ = t
  await t.fetch('once', '/throw')
  await until(() => failures() === 1)
  for (const worker of ['a', 'b', 'c']) {
    await t.fetch('once', '/throw')
    // Whatever was begun before is over by then.
    await t.load(worker, HELLO)
  }
  assert.equal(failures(), 1)
})

test('another instance for tasks that wait', async () => {
  const { t, failures } = await start({ persistentTasksAtOnce: 1, persistentReplicas: 2 })
  await using _ = t
  const { body, entered, open } = gate()
  const tasks = [t.fetch('once', '/', { method: 'POST', body })]
  await entered
  tasks.push(t.fetch('once', '/', { method: 'POST', body: 'waits' }))
  await until(() => failures() === 1)
  // Each takes as long as one more attempt would.
  for (let count = 0; count < 20; count++) await t.load(`other-${count}`, HELLO)
  assert.equal(failures(), 1)
  open()
  for (const { outcome } of await Promise.all(tasks)) assert.equal(outcome, 'ok')
})
