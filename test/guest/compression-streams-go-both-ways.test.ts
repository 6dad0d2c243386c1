import assert from 'node:assert/strict'
import { test } from 'node:test'
import zlib from 'node:zlib'
import { startRuntime } from '../support/runtime.ts'

const WORKER = `export default { async fetch(request) {
  const [, kind, format] = new URL(request.url).pathname.split('/')
  const stream = kind === 'compress' ? new CompressionStream(format) : new DecompressionStream(format)
  try { return new Response(await new Response(request.body.pipeThrough(stream)).arrayBuffer()) }
  catch (error) { return new Response(error.name + ': ' + error.message, { status: 400 }) }
} }`

const TOOLS = {
  gzip: [zlib.gzipSync, zlib.gunzipSync],
  deflate: [zlib.deflateSync, zlib.inflateSync],
  'deflate-raw': [zlib.deflateRawSync, zlib.inflateRawSync],
  brotli: [zlib.brotliCompressSync, zlib.brotliDecompressSync],
} as const

/** Longer than any slice or piece, and neither very regular nor random. */
const TEXT = Array.from({ length: 40_000 }, (_, i) => `line ${(i * 7919) % 10_007}\n`).join('')

for (const [format, [compress, decompress]] of Object.entries(TOOLS)) {
  test(`${format}: what goes in comes out, and other tools understand it`, async () => {
    await using t = startRuntime()
    await t.load('w', WORKER, { limits: { cpuMs: 2000 } })
    const run = async (kind: string, body: Uint8Array): Promise<{ status: number | undefined; body: Buffer }> => {
      const answer = await t.runtime.dispatch('w', {
        type: 'fetch',
        request: { method: 'POST', url: `http://w.localhost/${kind}/${format}`, headers: [], body },
      })
      assert.equal(answer.outcome, 'ok', answer.error?.message)
      return { status: answer.response?.status, body: Buffer.from(answer.body as Uint8Array) }
    }
    const packed = await run('compress', Buffer.from(TEXT))
    assert.ok(packed.body.byteLength < TEXT.length / 2)
    assert.equal(decompress(packed.body).toString(), TEXT)
    assert.equal((await run('decompress', compress(TEXT))).body.toString(), TEXT)

    const whole = compress('short text')
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 0, 12)
    for (const bad of [damaged, whole.subarray(0, -3), Buffer.concat([whole, Buffer.from('more')])]) {
      const answer = await run('decompress', bad)
      assert.equal(answer.status, 400)
      assert.match(answer.body.toString(), /^TypeError: The(re is more after the end of the)? (compressed )?data/)
    }
  })
}

test('formats and chunks that are none are TypeErrors', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async execute() {
      const errors = []
      for (const make of [() => new CompressionStream(), () => new CompressionStream('zip'), () => new DecompressionStream('GZIP'), () => CompressionStream('gzip')])
        try { make(); errors.push('none') } catch (error) { errors.push(error.name) }
      for (const chunk of ['text', undefined, [1], 7]) {
        const { readable, writable } = new CompressionStream('gzip')
        const written = writable.getWriter().write(chunk).catch((error) => error.name)
        errors.push(await readable.getReader().read().catch((error) => error.name), await written)
      }
      return errors
    } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual(new Set(JSON.parse(output ?? '')), new Set(['TypeError']))
})

test('one end that goes takes the other with it', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async execute() {
      const seen = []
      const aborted = new CompressionStream('gzip')
      const read = aborted.readable.getReader().read().catch((error) => error)
      await aborted.writable.abort('given up')
      seen.push(await read)
      const canceled = new DecompressionStream('gzip')
      const writer = canceled.writable.getWriter()
      const written = writer.write(new Uint8Array(1)).catch((error) => error)
      await canceled.readable.cancel('enough')
      seen.push(await written, await writer.closed.catch((error) => error))
      return seen
    } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual(JSON.parse(output ?? ''), ['given up', 'enough', 'enough'])
})
