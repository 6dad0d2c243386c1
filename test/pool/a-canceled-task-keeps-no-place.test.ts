import assert from 'node:assert/strict'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { until } from '../support/until.ts'

for (const [what, answer] of [
  ['passes its request body on', 'new Response(request.body)'],
  ['streams', 'new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(65536)) } }))'],
  ['sends text', 'new Response("text")'],
]) {
  inEveryMode(
    `a task whose caller left before it answered, and that then ${what}, ends at once`,
    async ({ load, runtime, records, fetch }) => {
      await load(
        'late',
        `export default { async fetch(request) {
          if (request.method === 'GET') return new Response('next')
          await new Promise((resolve) => { request.signal.onabort = resolve; console.log('waits') })
          return ${answer}
        } }`,
      )
      const held = gate()
      const controller = new AbortController()
      const request = { method: 'POST', url: 'http://late.localhost/', headers: [], body: held.body }
      const dispatched = runtime.dispatch('late', { type: 'fetch', request }, { signal: controller.signal })
      await until(() => runtime.stats().entries.some(({ running }) => running === 1))
      controller.abort()
      assert.equal((await dispatched).outcome, 'canceled')
      assert.equal((await fetch('late')).text, 'next')
      await until(() => records.length === 2)
      assert.deepEqual(records.map(({ outcome }) => outcome).toSorted(), ['canceled', 'ok'])
    },
  )
}
