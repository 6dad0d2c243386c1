import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'
import type { ByteSource } from '../../src/task.ts'

test('ten thousand chunks of one byte take a few reads', async () => {
  await using t = startRuntime({ limits: { cpuMs: 5000 } })
  await t.load(
    'w',
    `export default { fetch() {
      let n = 0
      return new Response(new ReadableStream({ pull(c) { if (n === 10_000) c.close(); else c.enqueue(new Uint8Array([n++ % 251])) } }))
    } }`,
  )
  const { body } = await t.runtime.dispatch('w', {
    type: 'fetch',
    request: { method: 'GET', url: 'http://w.localhost/', headers: [] },
  })
  const chunks: Uint8Array[] = []
  const source = body as ByteSource
  for (let chunk = await source.read(); chunk !== undefined; chunk = await source.read()) chunks.push(chunk)
  assert.deepEqual(Buffer.concat(chunks), Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251)))
  assert.ok(chunks.length < 10, String(chunks.length))
})
