import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('a stream that has to wait again and again arrives whole', async () => {
  await using t = startRuntime({ limits: { cpuMs: 5000 } })
  await t.load(
    'api',
    `export default { fetch: async (request) => new Response((await request.arrayBuffer()).byteLength) }`,
  )
  const source = `export default { fetch(request, { API }) {
  let chunks = 20
  const body = new ReadableStream({ pull(c) { if (chunks-- === 0) c.close(); else c.enqueue(new Uint8Array(256 * 1024)) } })
  return API.fetch('http://api/', { method: 'POST', body, duplex: 'half' })
} }`
  await t.load('w', source, { bindings: { API: { type: 'service', worker: 'api' } } })
  assert.equal((await t.fetch('w')).text, String(20 * 256 * 1024))
})
