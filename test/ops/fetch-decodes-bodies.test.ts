import assert from 'node:assert/strict'
import { test } from 'node:test'
import zlib from 'node:zlib'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

const TEXT = 'a body worth compressing, '.repeat(5000)
const bytes = Buffer.from(TEXT)

const ENCODED: readonly [encoding: string, body: Buffer][] = [
  ['gzip', zlib.gzipSync(bytes)],
  ['x-gzip', zlib.gzipSync(bytes)],
  ['GZIP', zlib.gzipSync(bytes)],
  ['deflate', zlib.deflateSync(bytes)],
  ['deflate', zlib.deflateRawSync(bytes)],
  ['br', zlib.brotliCompressSync(bytes)],
  ['zstd', zlib.zstdCompressSync(bytes)],
  ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(bytes))],
  ['identity', bytes],
  ['identity, gzip', zlib.gzipSync(bytes)],
]

for (const [encoding, body] of ENCODED) {
  test(`Content-Encoding ${encoding} (${body.byteLength} bytes)`, async () => {
    await using origin = await startOrigin((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.byteLength }).end(body),
    )
    await using fetcher = localFetcher()
    const response = await fetcher.start(get(origin.url), limits(), NEVER)
    assert.equal(await readText(response.body), TEXT)
    assert.equal(response.decoded, encoding !== 'identity')
    assert.ok(response.headers.some(([name, value]) => name === 'content-encoding' && value === encoding))
  })
}

test('an encoding nobody knows is left as it is', async () => {
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip, rot13' }).end('as it is'),
  )
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(origin.url), limits(), NEVER)
  assert.equal(response.decoded, false)
  assert.equal(await readText(response.body), 'as it is')
})

test('a body that is not what its encoding says fails at the read', async () => {
  let encoding = ''
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end('this is plain text, honestly'),
  )
  await using fetcher = localFetcher()
  for (encoding of ['gzip', 'deflate', 'br', 'zstd']) {
    const { body } = await fetcher.start(get(origin.url), limits(), NEVER)
    await assert.rejects(readText(body), { name: 'TypeError', message: `The response body is not valid ${encoding}.` })
  }
})

test('an encoded body without bytes is empty, and HEAD decodes nothing', async () => {
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
  )
  await using fetcher = localFetcher()
  assert.equal(await readText((await fetcher.start(get(origin.url), limits(), NEVER)).body), '')
  assert.equal((await fetcher.start(get(origin.url, { method: 'HEAD' }), limits(), NEVER)).body, undefined)
})

test('a connection that breaks within an encoded body is an error, not an end', async () => {
  await using origin = await startOrigin((_request, response) => {
    const whole = zlib.gzipSync(bytes)
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': whole.byteLength })
    response.write(whole.subarray(0, 100), () => response.destroy())
  })
  await using fetcher = localFetcher()
  const { body } = await fetcher.start(get(origin.url), limits(), NEVER)
  await assert.rejects(readText(body), { name: 'TypeError', message: /^fetch to 127\.0\.0\.1:\d+ failed: / })
})
