import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('what is logged past the limit is not even formatted', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async fetch() {
      let formatted = 0
      const value = { get a() { formatted += 1; return 1 } }
      console.log('x'.repeat(2000))
      const error = { get message() { formatted += 1; return 'm' } }
      for (let i = 0; i < 1000; i++) { console.log('%s', { toString() { formatted += 1; return '' } }); console.table([value]); reportError(error) }
      return new Response(String(formatted))
    } }`,
    { limits: { logBytes: 1000 } },
  )
  const { text, logs } = await t.fetch('w')
  assert.equal(text, '0')
  assert.equal(logs.length, 1)
  assert.match(logs[0]?.message ?? '', /^Log limit: /)
})

test('each task has its own allowance', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { async fetch(request) {
      if (request.url.endsWith('/loud')) for (let i = 0; i < 1000; i++) console.log('loud')
      await new Promise((resolve) => setTimeout(resolve, 5))
      console.log('done')
      return new Response()
    } }`,
    { limits: { logBytes: 1000 } },
  )
  const [loud, quiet] = await Promise.all([t.fetch('w', '/loud'), t.fetch('w')])
  assert.match(loud.logs.at(-1)?.message ?? '', /^Log limit: /)
  assert.deepEqual(
    quiet.logs.map(({ message }) => message),
    ['done'],
  )
})

test('empty lines count', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch() { for (let i = 0; i < 5000; i++) console.log(); return new Response() } }`,
    {
      limits: { logBytes: 1000 },
    },
  )
  assert.ok((await t.fetch('w')).logs.length <= 502)
})
