import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { chunk, request, startServer } from '../support/http.ts'
import { startRuntime } from '../support/runtime.ts'
import type { ByteSource } from '../../src/task.ts'

const MIB = 1024 * 1024

/** Asks until the answer stays the same over many turns: nothing moves any more. */
async function atRest(ask: () => Promise<number>): Promise<number> {
  let before = -1
  let same = 0
  await eventually(true, async () => {
    const now = await ask()
    same = now === before ? same + 1 : 0
    before = now
    return same > 20
  })
  return before
}

test('of a response whose client does not read', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `let written = 0
    export default { fetch: (request) => request.url.endsWith('/written') ? new Response(String(written))
      : new Response(new ReadableStream({ pull(controller) {
          written += 65536
          controller.enqueue(new Uint8Array(65536))
        } })) }`,
    { limits: { cpuMs: 5000 } },
  )
  await using client = await server.connect()
  client.socket.pause()
  client.send(request('hello'))
  const written = await atRest(async () => Number((await server.get('hello', '/written')).body))
  // What the sockets of both ends hold.
  assert.ok(written < 32 * MIB, `${written} bytes`)
  client.leave()
  await eventually(['canceled'], async () => {
    await server.get('hello', '/written')
    return server.records.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'ok')
  })
})

test('of a request body that the worker does not read', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { async fetch(request) {
      if (request.method === 'GET') return new Response()
      await request.body.getReader().read()
      await new Promise(() => {})
    } }`,
  )
  await using client = await server.connect()
  client.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
  const piece = chunk('x'.repeat(65536))
  const sendOn = (): void => {
    while (client.socket.writable && client.socket.writableLength < 4 * MIB) client.send(piece)
  }
  client.socket.on('drain', sendOn)
  sendOn()
  const taken = await atRest(async () => {
    await server.get('hello')
    return client.socket.bytesWritten - client.socket.writableLength
  })
  assert.ok(taken < 32 * MIB, `${taken} bytes`)
})

test('of a body on its way through: a chunk is taken only when there is room for it', async () => {
  await using server = startRuntime()
  await server.load(
    'pipe',
    `export default { fetch(request) {
      const { readable, writable } = new TransformStream()
      request.body.pipeTo(writable)
      return new Response(readable)
    } }`,
  )
  let taken = 0
  const body: ByteSource = {
    async read() {
      taken += 1
      return new Uint8Array(65536)
    },
    cancel: () => undefined,
  }
  const { body: stream } = await server.runtime.dispatch('pipe', {
    type: 'fetch',
    request: { method: 'POST', url: 'http://pipe.localhost/', headers: [], body },
  })
  assert.ok(typeof stream === 'object' && 'read' in stream)
  for (let read = 1; read <= 20; read++) {
    await stream.read()
    const atMost = read + 6
    assert.ok((await atRest(async () => taken)) <= atMost, `${taken} chunks taken when ${read} were read`)
  }
  stream.cancel('enough')
})
