// Each refusal says the limit, and what was given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const REFUSED: readonly (readonly [code: string, error: RegExp])[] = [
  [`kv.get()`, /^TypeError: KVNamespace.get needs 1 argument/],
  [`kv.get('')`, /^TypeError: A KV key must not be empty/],
  [`kv.get('.')`, /^TypeError: A KV key must not be "\."/],
  [`kv.delete('..')`, /^TypeError: A KV key must not be "\.\."/],
  [`kv.get('x'.repeat(513))`, /^RangeError: A KV key may have 512 bytes of UTF-8; this one has 513/],
  [`kv.get('ä'.repeat(257))`, /^RangeError: .*512 bytes.*514/],
  [`kv.get('x'.repeat(1e6))`, /^RangeError: .*512 bytes.*1000000/],
  [`kv.get('a', 'xml')`, /^TypeError: The type of a KV value .* got "xml"/],
  [`kv.get('a', 7)`, /^TypeError: The options of a KV call must be an object/],
  [`kv.get([])`, /^RangeError: .*1 to 100 keys at once; got 0/],
  [`kv.get(Array.from({ length: 101 }, (_, i) => 'k' + i))`, /^RangeError: .*1 to 100 keys at once; got 101/],
  [`kv.get(['a'], 'stream')`, /^TypeError: .* gives "text" or "json"; got "stream"/],
  [`kv.put('a')`, /^TypeError: KVNamespace.put needs 2 arguments/],
  [`kv.put('a', 7)`, /^TypeError: A KV value is a string, an ArrayBuffer/],
  [`kv.put('a', {})`, /^TypeError: A KV value is a string, an ArrayBuffer/],
  [
    `kv.put('a', 'x'.repeat(25 * 1024 * 1024 + 1))`,
    /^RangeError: A KV value may have 26214400 bytes \(25 MiB\); this one has 26214401/,
  ],
  [
    `kv.put('a', 'ä'.repeat(14 * 1024 * 1024))`,
    /^Error: A KV value may have 26214400 bytes \(25 MiB\); this one has 29360128/,
  ],
  [`kv.put('a', stream(26))`, /^Error: A KV value may have 26214400 bytes \(25 MiB\); this one has more/],
  [`kv.put('a', 'x', { expirationTtl: 59 })`, /^RangeError: expirationTtl is at least 60 whole seconds; got 59/],
  [`kv.put('a', 'x', { expirationTtl: 'soon' })`, /^RangeError: expirationTtl .* got soon/],
  [
    `kv.put('a', 'x', { expiration: Math.floor(Date.now() / 1000) + 10 })`,
    /^Error: The expiration of a KV value .* at least 60 from now/,
  ],
  [`kv.put('a', 'x', { expiration: 1.5 })`, /^RangeError: expiration is a time in whole seconds since 1970; got 1.5/],
  [
    `kv.put('a', 'x', { metadata: 'x'.repeat(1023) })`,
    /^RangeError: KV metadata may have 1024 bytes as JSON; this has 1025/,
  ],
  [`kv.put('a', 'x', { metadata: () => 1 })`, /^TypeError: KV metadata must be something that JSON can hold/],
  [`kv.put('a', 'x', 'options')`, /^TypeError: The options of KVNamespace.put must be an object/],
  [`kv.list({ limit: 1001 })`, /^RangeError: The limit of a KV list is from 1 to 1000; got 1001/],
  [`kv.list({ limit: 0 })`, /^RangeError: .* got 0/],
  [`kv.list({ cursor: '%%' })`, /^Error: The cursor of a KV list is none that a list has given/],
  [
    `kv.list({ prefix: 'x'.repeat(600) })`,
    /^Error: The prefix of a KV list may have 512 bytes of UTF-8; this one has 600/,
  ],
  [`(async () => { await kv.put('a', 'not json'); await kv.get('a', 'json') })()`, /^SyntaxError/],
  [
    `(async () => { const big = 'x'.repeat(13 * 1024 * 1024); await kv.put('b1', big); await kv.put('b2', big); await kv.get(['b1', 'b2']) })()`,
    /^Error: A KV call for several keys may bring 26214400 bytes; these values have 27262976/,
  ],
]

test('what is beyond a limit is refused with both', async () => {
  await using t = startRuntime({ limits: { cpuMs: 20_000, heapMb: 256, wallMs: 60_000 } })
  const source = `
const stream = (mib) => new ReadableStream({ pull(c) { if (mib-- === 0) c.close(); else c.enqueue(new Uint8Array(1024 * 1024)) } })
const cases = [${REFUSED.map(([code]) => `(kv) => ${code}`).join(',\n')}]
export default { async fetch(request, { KV }) {
  const call = cases[new URL(request.url).pathname.slice(1)](KV)
  return new Response(await call.then(() => 'not refused', (error) => error.name + ': ' + error.message))
} }`
  await t.load('w', source, { bindings: { KV: { type: 'kv', namespace: 'main' } } })
  for (const [index, [code, error]] of REFUSED.entries()) {
    assert.match((await t.fetch('w', `/${index}`)).text, error, code)
  }
})

test('what fits exactly is taken', async () => {
  await using t = startRuntime({ limits: { cpuMs: 20_000, heapMb: 256, wallMs: 60_000 } })
  const source = `export default { async fetch(request, { KV }) {
  const key = 'k'.repeat(512)
  await KV.put(key, new Uint8Array(25 * 1024 * 1024), { metadata: 'm'.repeat(1022), expirationTtl: 60 })
  const { metadata, value } = await KV.getWithMetadata(key, 'arrayBuffer')
  return Response.json([value.byteLength, metadata.length])
} }`
  await t.load('w', source, { bindings: { KV: { type: 'kv', namespace: 'main' } } })
  assert.equal((await t.fetch('w')).text, '[26214400,1022]')
})
