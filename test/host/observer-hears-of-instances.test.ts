import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observer } from '../../src/observer.ts'
import { startRuntime } from '../support/runtime.ts'

type Collected = Parameters<NonNullable<Observer['garbageCollected']>>[0]

test('of each whose it is: when it is made, when its garbage has gone, and when it is given up', async () => {
  const heard: string[] = []
  const collected: Collected[] = []
  await using started = startRuntime({
    mode: 'persistent',
    observer: {
      instanceCreated: ({ creationMs, tenant, worker }) => heard.push(`${tenant}/${worker} ${creationMs > 0}`),
      instanceRetired: ({ cause, tenant, worker }) => heard.push(`${tenant}/${worker} ${cause}`),
      garbageCollected: (event) => collected.push(event),
    },
  })
  await started.load('hello', `export default { fetch() { return new Response('x'.repeat(1000)) } }`)
  assert.equal((await started.fetch('hello')).text.length, 1000)
  started.runtime.collectGarbage()
  await started.load('hello', `export default { fetch() { return new Response('new') } }`)
  assert.deepEqual(heard, ['default/hello true', 'default/hello true', 'default/hello replaced'])
  assert.equal(collected.length, 1)
  const [{ afterBytes, beforeBytes, tenant, worker } = assert.fail()] = collected
  assert.deepEqual([tenant, worker], ['default', 'hello'])
  assert.ok(beforeBytes > 0 && afterBytes > 0)
})
