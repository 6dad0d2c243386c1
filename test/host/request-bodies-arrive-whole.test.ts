import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { chunk, post, request, startServer } from '../support/http.ts'

const ECHO =
  'export default { fetch: async (request) => new Response(`${request.method} ${request.body === null} ${await request.text()}`) }'

test('with a length, in chunks, in many packets, or not at all', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO)
  await using client = await server.connect()
  const answer = async (): Promise<string> => (await client.response()).body
  client.send(post('hello', '/', 'one'))
  assert.equal(await answer(), 'POST false one')
  const chunked = 'PUT / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
  client.send(chunked + chunk('one,') + chunk('two') + chunk(''))
  assert.equal(await answer(), 'PUT false one,two')
  client.send(`${chunked}${chunk('')}`)
  assert.equal(await answer(), 'PUT false ')
  for (const byte of post('hello', '/', 'byte by byte')) client.send(byte)
  assert.equal(await answer(), 'POST false byte by byte')
  client.send('DELETE / HTTP/1.1\r\nHost: hello.localhost\r\n\r\n')
  assert.equal(await answer(), 'DELETE true ')
  client.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: 0\r\n\r\n')
  assert.match(await answer(), /^POST (true|false) $/)
  client.send(`GET / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: 3\r\n\r\nget${request('hello')}`)
  assert.equal(await answer(), 'GET true ')
  assert.equal(await answer(), 'GET true ')
})

test('once the server has said 100 to a client that asked first', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO)
  await using client = await server.connect()
  client.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n')
  assert.equal((await client.head()).status, 100)
  client.send('body')
  assert.equal((await client.response()).body, 'POST false body')
})

test('of many megabytes, read whole or in pieces', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { async fetch(request) {
      if (request.url.endsWith('/whole')) return new Response(await request.arrayBuffer())
      if (request.url.endsWith('/untouched')) return new Response(request.body)
      const { readable, writable } = new TransformStream()
      request.body.pipeTo(writable)
      return new Response(readable)
    } }`,
    { limits: { cpuMs: 5000 } },
  )
  const bytes = randomBytes(8 * 1024 * 1024)
  const hash = createHash('sha256').update(bytes).digest('hex')
  for (const path of ['/whole', '/untouched', '/piped']) {
    const sent = http
      .request({ port: server.port, path, method: 'POST', headers: { host: 'hello.localhost' } })
      .end(bytes)
    const [response] = await once(sent, 'response')
    assert.equal(
      createHash('sha256')
        .update(await buffer(response))
        .digest('hex'),
      hash,
      path,
    )
  }
})

test('of every byte there is, as text only where they are text', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    'export default { fetch: async (request) => new Response([...new Uint8Array(await request.arrayBuffer())].join()) }',
  )
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  const withMark = new Uint8Array([0xef, 0xbb, 0xbf, 0x61])
  for (const body of [bytes, withMark]) {
    await using client = await server.connect()
    client.send(`POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: ${body.length}\r\n\r\n`)
    client.send(body)
    assert.equal((await client.response()).body, body.join())
  }
})
