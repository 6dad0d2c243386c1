import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFailure } from '../../src/isolate/entry-ending.ts'
import { startRuntime } from '../support/runtime.ts'

for (const text of [
  'Script execution timed out.',
  'Isolate was disposed during execution due to memory limit',
  'Isolated is disposed',
  'Isolate was disposed during execution',
]) {
  test(`a rejection that says "${text}" is an uncaught error of the worker, and ends nothing`, async () => {
    await using t = startRuntime()
    await t.load(
      'pretends',
      `export default { async fetch(request) {
        Promise.reject(new Error(${JSON.stringify(text)}))
        await new Promise((resolve) => setTimeout(resolve, 1))
        globalThis.count = (globalThis.count ?? 0) + 1
        return new Response(String(globalThis.count))
      } }`,
    )
    for (const count of ['1', '2', '3']) {
      const { outcome, text: body, logs } = await t.fetch('pretends')
      assert.equal(outcome, 'ok')
      assert.equal(body, count)
      assert.match(logs[0]?.message ?? '', /^Uncaught /)
    }
  })
}

test('what is no error is described all the same', () => {
  assert.deepEqual(readFailure('text', { ranMs: 1, timeoutMs: 10, isDisposed: false }), {
    type: 'uncaught',
    name: 'Uncaught',
    message: 'text',
    stack: '',
  })
})
