import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { until } from '../support/until.ts'

interface Story {
  readonly t: TestRuntime
  /** `created` and a cause each, in order. */
  readonly events: string[]
}

function start(options: RuntimeOptions): Story {
  const events: string[] = []
  const t = startRuntime({
    ...options,
    observer: { instanceCreated: () => events.push('created'), instanceRetired: ({ cause }) => events.push(cause) },
  })
  return { t, events }
}

const THROWS = `
  let tasks = 0
  export default { fetch(request) {
    tasks += 1
    if (request.url.endsWith('/throw')) throw new Error('thrown')
    return new Response(String(tasks))
  } }`

test('an instance that has grown too old is replaced while it serves', async () => {
  const { t, events } = start({ maxAgeMs: 500, healthCheckMs: 20 })
  await using _ = t
  await t.load('old', THROWS)
  while (events.length < 3) {
    const { outcome } = await t.fetch('old')
    assert.equal(outcome, 'ok')
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.deepEqual(events.slice(0, 3), ['created', 'created', 'age'])
  assert.equal(t.runtime.stats().misses, 0, 'no task had to wait for an instance')
})

test('an instance out of which exceptions come in a row is replaced', async () => {
  const { t, events } = start({ maxErrors: 3 })
  await using _ = t
  await t.load('throws', THROWS)
  const throwOnce = async (): Promise<void> => assert.equal((await t.fetch('throws', '/throw')).outcome, 'exception')
  await throwOnce()
  await throwOnce()
  assert.equal((await t.fetch('throws')).text, '3')
  await throwOnce()
  await throwOnce()
  assert.equal((await t.fetch('throws')).text, '6', 'one that goes well begins the count again')
  for (let count = 0; count < 3; count++) await throwOnce()
  await until(() => events.length === 3)
  assert.deepEqual(events, ['created', 'created', 'errors'])
  assert.equal((await t.fetch('throws')).text, '1')
})

test('a worker that only throws is replaced less and less often', async () => {
  const { t, events } = start({ maxErrors: 2 })
  await using _ = t
  await t.load('throws', THROWS)
  for (let count = 0; count < 40; count++) {
    await t.fetch('throws', '/throw')
    await new Promise((resolve) => setImmediate(resolve))
  }
  const replaced = events.filter((event) => event === 'errors').length
  assert.ok(replaced >= 2 && replaced <= 5, `${replaced} times`)
})

test('where the successor cannot be loaded, the predecessor goes on', async () => {
  const { t, events } = start({ maxErrors: 1 })
  await using _ = t
  const until_ = Date.now() + 2000
  await t.load('once', `if (Date.now() > ${until_}) throw new Error('too late')\n${THROWS}`)
  await until(() => Date.now() > until_ + 10)
  assert.equal((await t.fetch('once', '/throw')).outcome, 'exception')
  await until(() => events.includes('load-failed'))
  assert.equal((await t.fetch('once')).text, '2')
  assert.deepEqual(events, ['created', 'load-failed'])
})

test('where there is no room for both, the next task has the successor made', async () => {
  const { t, events } = start({ maxErrors: 1, poolSize: 1 })
  await using _ = t
  await t.load('throws', THROWS)
  assert.equal((await t.fetch('throws', '/throw')).outcome, 'exception')
  assert.equal((await t.fetch('throws')).text, '1')
  assert.deepEqual(events, ['created', 'errors', 'created'])
})
