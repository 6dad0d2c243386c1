import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { startRuntime } from '../support/runtime.ts'

test('in order, with the record after the last of them', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch(request, env, ctx) {
      const later = (ms, text) => new Promise((resolve) => setTimeout(() => { console.log(text); resolve() }, ms))
      ctx.waitUntil(later(10, 'second'))
      ctx.waitUntil(later(1, 'first').then(() => ctx.waitUntil(later(15, 'third'))))
      console.log('answered')
      return new Response('fine')
    } }`,
  )
  const { text, logs } = await t.fetch('w')
  assert.equal(text, 'fine')
  assert.equal(t.records.length, 0)
  await eventually(1, async () => t.records.length)
  const [record] = t.records
  assert.deepEqual(
    record?.logs.map(({ message }) => message),
    ['answered', 'first', 'second', 'third'],
  )
  assert.equal(record?.outcome, 'ok')
  assert.ok(logs.length >= 1)
  assert.equal(t.runtime.stats().entries[0]?.running, 0)
})

test('a rejection is logged and fails nothing', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch(request, env, ctx) {
      ctx.waitUntil(Promise.reject(new RangeError('rejected')))
      ctx.waitUntil('no promise')
      ctx.waitUntil()
      return new Response('fine')
    } }`,
  )
  assert.equal((await t.fetch('w')).text, 'fine')
  await eventually(1, async () => t.records.length)
  const [record] = t.records
  assert.equal(record?.outcome, 'ok')
  assert.match(record?.logs[0]?.message ?? '', /^Uncaught RangeError: rejected\n {4}at .*index\.js:2:/)
  assert.equal(record?.logs.length, 1)
})

test('what is not given to it ends with the task', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch(request) {
      if (request.url.endsWith('/start')) {
        setInterval(() => console.log('leftover'), 1)
        new Promise((resolve) => setTimeout(resolve, 1)).then(() => console.log('leftover'))
      }
      return new Promise((resolve) => setTimeout(() => resolve(new Response('fine')), 10))
    } }`,
  )
  await t.fetch('w', '/start')
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
  const { logs } = await t.fetch('w', '/next')
  assert.deepEqual(logs, [])
})

test('an operation started after the end of its task says so', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `let wake
    export default { fetch(request) {
      if (request.url.endsWith('/start')) {
        new Promise((resolve) => { wake = resolve }).then(() => fetch('http://example.com')).catch((error) => console.log(error.message))
        return new Response('started')
      }
      wake()
      return new Promise((resolve) => setTimeout(() => resolve(new Response('woken')), 1))
    } }`,
  )
  await t.fetch('w', '/start')
  const { text } = await t.fetch('w', '/wake')
  assert.equal(text, 'woken')
})
