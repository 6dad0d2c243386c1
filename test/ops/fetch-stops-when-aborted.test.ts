import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import zlib from 'node:zlib'
import type { ByteSource } from '../../src/task.ts'
import { get, limits, localFetcher, startOrigin } from '../support/origin.ts'

const ABORTED = { name: 'AbortError', message: 'The operation was aborted.' }

test('before it starts: nothing is sent', async () => {
  await using origin = await startOrigin((_request, response) => response.end())
  await using fetcher = localFetcher()
  await assert.rejects(fetcher.start(get(origin.url), limits(), AbortSignal.abort()), ABORTED)
  assert.equal(origin.connections(), 0)
})

test('while the name is being resolved', async () => {
  const abort = new AbortController()
  await using fetcher = localFetcher({ lookup: () => abort.abort() })
  await assert.rejects(fetcher.start(get('http://slow.example/'), limits(), abort.signal), ABORTED)
})

test('while the server says nothing: the socket is closed', async () => {
  const abort = new AbortController()
  await using origin = await startOrigin(() => abort.abort(new Error('a secret reason')))
  await using fetcher = localFetcher()
  await assert.rejects(fetcher.start(get(origin.url), limits(), abort.signal), ABORTED)
  await origin.allClosed()
})

test('while connecting: the connection is closed as soon as it is there', async () => {
  const abort = new AbortController()
  let requests = 0
  await using origin = await startOrigin(() => (requests += 1))
  await using fetcher = localFetcher({
    lookup: (_hostname, _options, callback) => {
      process.nextTick(callback, null, [{ address: '127.0.0.1', family: 4 }])
      abort.abort()
    },
  })
  await assert.rejects(fetcher.start(get(`http://name.example:${origin.port}`), limits(), abort.signal), ABORTED)
  await fetcher.close()
  await origin.allClosed()
  assert.equal(requests, 0)
})

for (const encoding of ['identity', 'gzip']) {
  test(`within a body (${encoding}): a waiting read fails and the socket is closed`, async () => {
    await using origin = await startOrigin((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding })
      const gzip = zlib.createGzip()
      const out = encoding === 'gzip' ? gzip : response
      if (out === gzip) gzip.pipe(response)
      out.write('first')
      gzip.flush()
    })
    await using fetcher = localFetcher()
    const abort = new AbortController()
    const { body } = await fetcher.start(get(origin.url), limits(), abort.signal)
    assert.equal(Buffer.from((await body?.read()) ?? []).toString(), 'first')
    const waiting = body?.read()
    abort.abort()
    await assert.rejects(async () => waiting, ABORTED)
    await assert.rejects(async () => body?.read(), ABORTED)
    await origin.allClosed()
  })

  test(`a body that is canceled (${encoding}) closes its socket`, async () => {
    await using origin = await startOrigin((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).write(zlib.gzipSync('first')),
    )
    await using fetcher = localFetcher()
    const { body } = await fetcher.start(get(origin.url), limits(), new AbortController().signal)
    await body?.read()
    body?.cancel('not needed')
    await origin.allClosed()
  })
}

test('within a streamed request body: its source is canceled, even while it waits', async () => {
  await using origin = await startOrigin((request) => request.resume())
  await using fetcher = localFetcher()
  const abort = new AbortController()
  const canceled = Promise.withResolvers<string>()
  let reads = 0
  const body: ByteSource = {
    read() {
      reads += 1
      if (reads === 1) return Promise.resolve(Buffer.from('first'))
      abort.abort()
      return new Promise(() => {})
    },
    cancel: (reason) => canceled.resolve(reason),
  }
  await assert.rejects(fetcher.start(get(origin.url, { method: 'POST', body }), limits(), abort.signal), ABORTED)
  await canceled.promise
  await origin.allClosed()
})

test('a server that answers with silence to the connection itself', async () => {
  const server = net.createServer(() => abort.abort())
  const abort = new AbortController()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  await using fetcher = localFetcher()
  const { port } = server.address() as AddressInfo
  await assert.rejects(fetcher.start(get(`https://127.0.0.1:${port}/`), limits(), abort.signal), ABORTED)
  await fetcher.close()
  await new Promise((resolve) => server.close(resolve))
})
