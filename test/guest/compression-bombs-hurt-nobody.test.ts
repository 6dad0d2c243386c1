import assert from 'node:assert/strict'
import { test } from 'node:test'
import zlib from 'node:zlib'
import { startRuntime } from '../support/runtime.ts'

const GIB = 1024 ** 3

/** A few hundred bytes to a few hundred kilobytes that say "a gibibyte of zeros". */
function bomb(): Buffer {
  const block = zlib.deflateRawSync(Buffer.alloc(GIB / 64), { finishFlush: zlib.constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array.from({ length: 64 }, () => block), Buffer.from([3, 0])])
}

test('only as much of a bomb is unpacked as is read', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { async fetch(request) {
      const reader = request.body.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
      const { value } = await reader.read()
      // Time for what is not asked for.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await reader.cancel()
      return new Response(String(value.byteLength))
    } }`,
  )
  const before = process.memoryUsage().rss
  const answer = await t.fetch('w', '/', { method: 'POST', body: bomb() })
  assert.equal(answer.outcome, 'ok')
  assert.ok(Number(answer.text) <= 256 * 1024, answer.text)
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024)
  // A hundredth of a CPU second would be 3 MB; the whole would be three seconds.
  assert.ok(answer.usage.cpuUs < 90_000, `${answer.usage.cpuUs} µs`)
})

test('one that is read to its end costs its task the CPU time it takes', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { async fetch(request) {
      let bytes = 0
      for await (const chunk of request.body.pipeThrough(new DecompressionStream('deflate-raw'))) bytes += chunk.byteLength
      return new Response(String(bytes))
    } }`,
  )
  const answer = await t.fetch('w', '/', { method: 'POST', body: bomb() })
  assert.equal(answer.outcome, 'exceededCpu')
})

test('one that is kept ends in the heap limit at the latest', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { fetch: async (request) =>
      new Response(await new Response(request.body.pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer()) }`,
    { limits: { cpuMs: 20_000, heapMb: 16 } },
  )
  const before = process.memoryUsage().rss
  const answer = await t.fetch('w', '/', { method: 'POST', body: bomb() })
  assert.notEqual(answer.outcome, 'ok')
  assert.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024)
})

const OPEN_MANY = `const all = []
  try { for (;;) {
    const stream = new CompressionStream(format)
    all.push(stream)
    stream.readable.getReader().read().catch(() => {})
    await stream.writable.getWriter().write(new Uint8Array(1))
  } } catch (error) { return error.name + ' ' + (all.length - 1) }`

test('streams that are never finished are bounded, and go with their task', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load('w', `export default { async execute(format) { ${OPEN_MANY} } }`, { limits: { cpuMs: 2000 } })
  for (let i = 0; i < 3; i++) {
    const gzip = await t.runtime.dispatch('w', { type: 'execute', input: 'gzip' })
    assert.equal(gzip.output, '"RangeError 64"')
    const brotli = await t.runtime.dispatch('w', { type: 'execute', input: 'brotli' })
    assert.equal(brotli.output, '"RangeError 13"')
  }
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
})

test('patched prototypes break nothing', async () => {
  await using t = startRuntime()
  // What the library of streams uses itself is left alone.
  await t.load(
    'w',
    `export default { async execute() {
      for (const key of ['highWaterMark', 'size', 'type', 'start', 'failure'])
        Object.defineProperty(Object.prototype, key, { configurable: true, get() { throw new Error('patched') } })
      Uint8Array.prototype.slice = ArrayBuffer.prototype.slice = Array.prototype.indexOf = () => { throw new Error('patched') }
      Map.prototype.get = Map.prototype.set = () => { throw new Error('patched') }
      const { readable, writable } = new CompressionStream('gzip')
      const writer = writable.getWriter()
      writer.write(new Uint8Array(10))
      writer.close()
      const { value } = await readable.getReader().read()
      return value[0] === 31
    } }`,
  )
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(output, 'true', error?.stack)
})
