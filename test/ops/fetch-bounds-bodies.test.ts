import assert from 'node:assert/strict'
import type { OutgoingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import zlib from 'node:zlib'
import type { ByteSource } from '../../src/task.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

const TOO_LARGE = {
  code: 'RESPONSE_TOO_LARGE',
  message: 'The response body is larger than the 100000 bytes a fetch may receive.',
}
const zeros = Buffer.alloc(50 * 1024 * 1024)

async function countUntilError(source: ByteSource | undefined): Promise<{ bytes: number; error: unknown }> {
  let bytes = 0
  try {
    for (let chunk = await source?.read(); chunk !== undefined; chunk = await source?.read()) bytes += chunk.byteLength
    return { bytes, error: undefined }
  } catch (error) {
    return { bytes, error }
  }
}

const BOMBS: readonly [what: string, headers: OutgoingHttpHeaders, body: Buffer][] = [
  ['a plain body', {}, Buffer.alloc(1024 * 1024)],
  ['a gzip bomb', { 'content-encoding': 'gzip' }, zlib.gzipSync(zeros)],
  ['a deflate bomb', { 'content-encoding': 'deflate' }, zlib.deflateSync(zeros)],
  [
    'a brotli bomb',
    { 'content-encoding': 'br' },
    zlib.brotliCompressSync(zeros, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  ],
  ['a zstd bomb', { 'content-encoding': 'zstd' }, zlib.zstdCompressSync(zeros)],
  ['a bomb in a bomb', { 'content-encoding': 'gzip, gzip' }, zlib.gzipSync(zlib.gzipSync(zeros))],
  // 20 bytes of member for nothing at all, a million times: a huge middle with an empty end.
  [
    'a bomb of empty members',
    { 'content-encoding': 'gzip, gzip' },
    zlib.gzipSync(Buffer.alloc(20 * 1024 * 1024, zlib.gzipSync(''))),
  ],
]

for (const [what, headers, body] of BOMBS) {
  test(`${what} is stopped at the limit and its connection closed`, async () => {
    await using origin = await startOrigin((_request, response) => response.writeHead(200, headers).end(body))
    await using fetcher = localFetcher()
    const response = await fetcher.start(get(origin.url), limits({ maxBodyBytes: 100_000 }), NEVER)
    const { bytes, error } = await countUntilError(response.body)
    assert.ok(bytes <= 100_000)
    assert.ok(error instanceof Error)
    assert.deepEqual({ code: 'code' in error && error.code, message: error.message }, TOO_LARGE)
    await assert.rejects(async () => response.body?.read(), TOO_LARGE)
  })
}

test('a body of exactly the limit is whole', async () => {
  await using origin = await startOrigin((_request, response) => response.end('x'.repeat(100_000)))
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(origin.url), limits({ maxBodyBytes: 100_000 }), NEVER)
  assert.equal((await readText(response.body)).length, 100_000)
})

test('more layers of encoding than five are refused', async () => {
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip,'.repeat(6) }).end(),
  )
  await using fetcher = localFetcher()
  await assert.rejects(fetcher.start(get(origin.url), limits(), NEVER), {
    name: 'TypeError',
    message: /encoded 6 times/,
  })
})

test('a body that is not read is not received: the server is made to wait', async () => {
  let sent = 0
  let stalled = (): void => {}
  const stall = new Promise<void>((resolve) => (stalled = resolve))
  await using origin = await startOrigin((_request, response) => {
    const write = (): void => {
      while (sent < 500 * 1024 * 1024) {
        sent += 1024 * 1024
        if (!response.write(Buffer.alloc(1024 * 1024))) break
      }
    }
    response.on('drain', write)
    write()
    // Full buffers all the way: nothing drains for as long as it takes to send this to a reader many times over.
    let seen = -1
    const watch = setInterval(() => {
      if (seen === sent) {
        clearInterval(watch)
        stalled()
      }
      seen = sent
    }, 200)
  })
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(origin.url), limits({ maxBodyBytes: 2 ** 40 }), NEVER)
  await stall
  assert.ok(sent < 50 * 1024 * 1024, `${sent} bytes were sent to nobody`)
  response.body?.cancel('enough')
  await origin.allClosed()
})
