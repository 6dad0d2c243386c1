import assert from 'node:assert/strict'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { until } from '../support/until.ts'

inEveryMode(
  'a caller that leaves aborts request.signal, and its task ends as canceled',
  async ({ load, runtime, records, fetch }) => {
    await load(
      'listens',
      `export default { async fetch(request) {
        if (request.method === 'GET') return new Response('fine')
        request.signal.addEventListener('abort', () => console.log('aborted: ' + request.signal.reason.name))
        await Promise.race([request.text(), new Promise((resolve) => { request.signal.onabort = resolve })])
        return new Response('too late')
      } }`,
    )
    const controller = new AbortController()
    const held = gate()
    const request = { method: 'POST', url: 'http://listens.localhost/', headers: [], body: held.body }
    const dispatched = runtime.dispatch('listens', { type: 'fetch', request }, { signal: controller.signal })
    await held.entered
    controller.abort()
    const { outcome, error } = await dispatched
    assert.equal(outcome, 'canceled')
    assert.equal(error?.code, 'TASK_CANCELED')
    await until(() => records.length === 1)
    assert.equal(records[0]?.outcome, 'canceled')
    assert.deepEqual(
      records[0]?.logs.map(({ message }) => message),
      ['aborted: AbortError'],
    )
    assert.equal(held.isCanceled, true)
    assert.equal((await fetch('listens')).text, 'fine')
  },
)

inEveryMode('a task whose caller has left before does not run', async ({ load, runtime, fetch, records }) => {
  await load('counts', 'export default { fetch: () => new Response("ran") }')
  const request = { method: 'GET', url: 'http://counts.localhost/', headers: [] }
  const { outcome } = await runtime.dispatch('counts', { type: 'fetch', request }, { signal: AbortSignal.abort() })
  assert.equal(outcome, 'canceled')
  assert.equal((await fetch('counts')).text, 'ran')
  assert.deepEqual(
    records.map(({ outcome: ended }) => ended),
    ['ok'],
  )
})
