import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode('an exception is an outcome with name, message and place', async ({ load, fetch }) => {
  await load(
    'throws',
    `export default { async fetch(request) {
      if (request.url.endsWith('/late')) await null
      throw new RangeError('no such thing')
    } }`,
  )
  for (const path of ['/now', '/late']) {
    const { outcome, error, response } = await fetch('throws', path)
    assert.equal(outcome, 'exception')
    assert.equal(error?.code, 'WORKER_EXCEPTION')
    assert.equal(error?.name, 'RangeError')
    assert.equal(error?.message, 'no such thing')
    assert.match(error?.stack ?? '', /index\.js:3:13/)
    assert.equal(response, undefined)
  }
})

inEveryMode('a handler that returns no Response is told so', async ({ load, fetch }) => {
  await load('no-response', 'export default { fetch: async (request) => ({ not: "a response" }) }')
  const { outcome, error } = await fetch('no-response')
  assert.equal(outcome, 'exception')
  assert.equal(error?.code, 'NOT_A_RESPONSE')
})

inEveryMode('after a failure the worker goes on answering', async ({ load, fetch }) => {
  await load(
    'sometimes',
    `export default { fetch(request) {
      if (request.url.endsWith('/bad')) throw new Error('bad')
      return new Response('good')
    } }`,
  )
  for (const round of [1, 2, 3]) {
    assert.equal((await fetch('sometimes', '/bad')).outcome, 'exception', `round ${round}`)
    assert.equal((await fetch('sometimes', '/good')).text, 'good', `round ${round}`)
  }
})
