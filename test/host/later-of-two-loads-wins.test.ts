import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('of two loads of one worker at once, the one begun later answers', async () => {
  await using started = startRuntime()
  const slow = started.load(
    'hello',
    `await new Promise((resolve) => setTimeout(resolve, 50)); export default { fetch: () => new Response('first') }`,
  )
  await started.load('hello', `export default { fetch: () => new Response('second') }`)
  await slow
  assert.equal((await started.fetch('hello')).text, 'second')
  assert.equal(started.runtime.stats().entries.length, 1)
})
