import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServer } from '../support/http.ts'

test('of the request, with repeated names combined', async () => {
  await using server = await startServer()
  await server.load('hello', 'export default { fetch: (request) => Response.json([...request.headers]) }')
  const { body } = await server.send(
    request('hello', '/', [
      'X-One: 1',
      'x-one: 2',
      'Cookie: a=b',
      'X-Empty:',
      'X-Latin: caf\u00e9',
      'X-Space:   a b \t',
    ]),
  )
  assert.deepEqual(JSON.parse(body), [
    ['cookie', 'a=b'],
    ['host', 'hello.localhost'],
    ['x-empty', ''],
    ['x-latin', 'caf\u00e9'],
    ['x-one', '1, 2'],
    ['x-space', 'a b'],
  ])
})

test('of the response, each set-cookie on a line of its own', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { fetch() {
      const headers = new Headers({ 'X-One': '1', 'content-type': 'text/html' })
      headers.append('x-one', '2')
      headers.append('Set-Cookie', 'a=1; Path=/')
      headers.append('set-cookie', 'b=2, c; HttpOnly')
      headers.append('x-latin', 'caf\u00e9')
      return new Response('<p>', { headers })
    } }`,
  )
  const response = await server.get('hello')
  assert.deepEqual(response.all('set-cookie'), ['a=1; Path=/', 'b=2, c; HttpOnly'])
  assert.deepEqual(response.all('x-one'), ['1', '2'])
  assert.deepEqual(response.all('content-type'), ['text/html'])
  assert.deepEqual(response.all('x-latin'), ['caf\u00e9'])
})

test('never those that frame the message', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `const headers = {
      'content-length': '1', 'transfer-encoding': 'chunked', connection: 'close, x-kept', 'keep-alive': 'timeout=999',
      upgrade: 'websocket', trailer: 'x-kept', te: 'trailers', 'x-kept': 'yes',
    }
    export default { fetch: (request) => new Response(request.url.endsWith('stream')
      ? new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('streamed')); c.close() } })
      : 'whole', { headers }) }`,
  )
  await using client = await server.connect()
  for (const [path, body, framing] of [
    ['/whole', 'whole', 'content-length: 5'],
    ['/stream', 'streamed', 'transfer-encoding: chunked'],
    ['/whole', 'whole', 'content-length: 5'],
  ] as const) {
    client.send(request('hello', path))
    const response = await client.response()
    assert.equal(response.body, body)
    assert.deepEqual(response.all('x-kept'), ['yes'])
    const [name, value] = framing.split(': ') as [string, string]
    assert.deepEqual(response.all(name), [value])
    assert.deepEqual(response.all(name === 'content-length' ? 'transfer-encoding' : 'content-length'), [])
    assert.deepEqual(response.all('connection'), ['keep-alive'])
    for (const absent of ['upgrade', 'trailer', 'te']) assert.deepEqual(response.all(absent), [])
  }
})

test('with what HTTP cannot carry: an error, and the connection goes on', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { fetch: (request) => new Response(request.url.endsWith('stream')
      ? new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(10)) } })
      : 'x', request.url.endsWith('ok') ? {} : { statusText: 'Fine', headers: { 'x-control': 'a\\u0001b' } }) }`,
  )
  await using client = await server.connect()
  for (const path of ['/whole', '/stream']) {
    client.send(request('hello', path))
    const { status, statusText, body } = await client.response()
    assert.deepEqual([status, statusText], [500, 'Internal Server Error'])
    assert.equal(JSON.parse(body).error.code, 'WORKER_EXCEPTION')
  }
  client.send(request('hello', '/ok'))
  assert.equal((await client.response()).body, 'x')
})
