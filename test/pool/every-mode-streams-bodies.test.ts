import assert from 'node:assert/strict'
import { isByteSource } from '../../src/ops/byte-source.ts'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { readText } from '../support/runtime.ts'

inEveryMode('a response streams while the worker still writes it', async ({ load, runtime, records }) => {
  await load(
    'streams',
    `export default { fetch(request) {
      const encoder = new TextEncoder()
      return new Response(new ReadableStream({
        async start(controller) {
          controller.enqueue(encoder.encode('first '))
          controller.enqueue(encoder.encode(await request.text()))
          controller.close()
        },
      }))
    } }`,
  )
  const second = gate()
  const { body } = await runtime.dispatch('streams', {
    type: 'fetch',
    request: { method: 'POST', url: 'http://streams.localhost/', headers: [], body: second.body },
  })
  assert.ok(typeof body === 'object' && isByteSource(body))
  assert.equal(Buffer.from((await body.read()) ?? []).toString(), 'first ')
  second.open('second')
  assert.equal(await readText(body), 'second')
  assert.deepEqual(
    records.map(({ outcome }) => outcome),
    ['ok'],
  )
})

inEveryMode('a stream longer than any buffer arrives whole, at the speed it is read', async ({ load, fetch }) => {
  await load(
    'long',
    `export default { fetch() {
      let left = 64
      return new Response(new ReadableStream({
        pull(controller) {
          if (left === 0) return controller.close()
          left -= 1
          controller.enqueue(new Uint8Array(16 * 1024).fill(97))
        },
      }))
    } }`,
  )
  const { text } = await fetch('long')
  assert.equal(text, 'a'.repeat(1024 * 1024))
})

inEveryMode('a request body that the worker only passes on comes back as it went in', async ({ load, fetch }) => {
  await load('passes', 'export default { fetch: (request) => new Response(request.body) }')
  const chunks = ['one ', 'two ', 'three']
  const body = {
    read: async () => {
      const chunk = chunks.shift()
      return chunk === undefined ? undefined : Buffer.from(chunk)
    },
    cancel: () => undefined,
  }
  const { text } = await fetch('passes', '/', { method: 'POST', body })
  assert.equal(text, 'one two three')
})
