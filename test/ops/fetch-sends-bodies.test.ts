import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { fromAsyncIterable } from '../../src/ops/byte-source.ts'
import type { ByteSource } from '../../src/task.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const received: Buffer[] = []
  for await (const chunk of request) received.push(chunk)
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers
  response.setHeader('x-framing', coding ?? length ?? 'none').end(Buffer.concat(received))
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (const text of ['one ', '', 'two ', 'three']) yield Buffer.from(text)
}

const BODIES: readonly [what: string, body: () => string | Uint8Array | ByteSource, text: string, framing: string][] = [
  ['text', () => 'tëxt', 'tëxt', '5'],
  ['bytes', () => Buffer.from('xxbytesxx').subarray(2, 7), 'bytes', '5'],
  ['nothing', () => '', '', '0'],
  ['a stream', () => fromAsyncIterable(chunks()), 'one two three', 'chunked'],
]

for (const [what, body, text, framing] of BODIES) {
  test(`a body of ${what}`, async () => {
    await using origin = await startOrigin(echo)
    await using fetcher = localFetcher()
    const response = await fetcher.start(get(origin.url, { method: 'POST', body: body() }), limits(), NEVER)
    assert.equal(await readText(response.body), text)
    assert.ok(response.headers.some(([name, value]) => name === 'x-framing' && value === framing))
  })
}

test('a stream is read as fast as the server takes it', async () => {
  const taken = Promise.withResolvers<void>()
  let read = 0
  await using origin = await startOrigin(async (request, response) => {
    await taken.promise
    for await (const chunk of request) void chunk
    response.end()
  })
  await using fetcher = localFetcher()
  const total = 200
  const idle = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const body: ByteSource = {
    async read() {
      clearTimeout(timer)
      // Reads that stop coming are what is waited for.
      timer = setTimeout(idle.resolve, 200)
      read += 1
      return read > total ? undefined : Buffer.alloc(1024 * 1024)
    },
    cancel() {},
  }
  const response = fetcher.start(get(origin.url, { method: 'PUT', body }), limits(), NEVER)
  await idle.promise
  assert.ok(read < total / 2, `${read} chunks were read for a server that takes none`)
  taken.resolve()
  assert.equal((await response).status, 200)
  assert.equal(read, total + 1)
})

test('a stream that fails fails the fetch, and what it said stays inside', async () => {
  await using origin = await startOrigin(echo)
  await using fetcher = localFetcher()
  const body: ByteSource = {
    read: () => Promise.reject(new Error('at /home/operator/secret')),
    cancel() {},
  }
  await assert.rejects(fetcher.start(get(origin.url, { method: 'POST', body }), limits(), NEVER), (error: Error) => {
    assert.equal(error.name, 'TypeError')
    assert.doesNotMatch(error.message, /secret/)
    return true
  })
})

test('a stream the server does not wait for is canceled', async () => {
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(413, { connection: 'close' }).end('no thanks'),
  )
  await using fetcher = localFetcher()
  const canceled = Promise.withResolvers<string>()
  const body: ByteSource = {
    async read() {
      return Buffer.alloc(65536)
    },
    cancel: (reason) => canceled.resolve(reason),
  }
  const response = await fetcher.start(get(origin.url, { method: 'POST', body }), limits(), NEVER)
  assert.equal(response.status, 413)
  assert.equal(await readText(response.body), 'no thanks')
  await canceled.promise
})

test('a stream is canceled when the request cannot be sent at all', async () => {
  await using fetcher = localFetcher()
  for (const [url, method] of [
    ['ftp://example.com/', 'POST'],
    ['http://10.0.0.1/', 'POST'],
    ['http://127.0.0.1:1/', 'POST'],
    ['http://example.com/', 'GET'],
  ] as const) {
    let canceled = 0
    const body: ByteSource = { read: () => new Promise(() => {}), cancel: () => (canceled += 1) }
    await assert.rejects(fetcher.start(get(url, { method, body }), limits(), NEVER))
    assert.ok(canceled > 0, url)
  }
})
