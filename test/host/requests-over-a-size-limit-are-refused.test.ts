import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunk, post, request, startServer } from '../support/http.ts'

const ECHO = 'export default { fetch: async (request) => new Response(await request.text()) }'

function errorOf({ body }: { readonly body: string }): { code: string; message: string } {
  return JSON.parse(body).error
}

test('431: giant headers, or a giant target', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO)
  const giant = 'x'.repeat(100_000)
  for (const text of [request('hello', '/', [`x-giant: ${giant}`]), request('hello', `/${giant}`)]) {
    await using client = await server.connect()
    client.send(text)
    const response = await client.response()
    assert.equal(response.status, 431)
    assert.equal(errorOf(response).code, 'HEADERS_TOO_LARGE')
    assert.match(errorOf(response).message, /larger than the 16384 bytes they may have\. Send fewer/)
    await client.closed
  }
  assert.equal((await server.get('hello')).status, 200)
})

test('400: what is no HTTP', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO)
  for (const text of [
    'nonsense\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: hello.localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost\r\nbad header\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: hello.localhost\r\nContent-Length: -1\r\n\r\n',
  ]) {
    const response = await server.send(text)
    assert.deepEqual([response.status, errorOf(response).code], [400, 'INVALID_REQUEST'], text)
  }
})

test('413: a body that says it is too large, and one that turns out to be', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO, { limits: { requestBodyBytes: 1000 } })
  await server.load('neighbour', ECHO)
  const head = 'POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
  for (const text of [post('hello', '/', 'x'.repeat(1001)), head + chunk('x'.repeat(600)) + chunk('x'.repeat(600))]) {
    await using client = await server.connect()
    client.send(text)
    const response = await client.response()
    assert.equal(response.status, 413)
    const { code, message } = errorOf(response)
    assert.equal(code, 'REQUEST_TOO_LARGE')
    assert.match(
      message,
      /^Request body limit: .* 1000 bytes it may have\. Send less, or raise the limit "requestBodyBytes"\.$/,
    )
    // Whoever sends too much may go on sending for ever.
    assert.deepEqual(response.all('connection'), ['close'])
    await client.closed
  }
  assert.equal((await server.send(post('hello', '/', 'x'.repeat(1000)))).body.length, 1000)
  assert.equal((await server.send(head + chunk('x'.repeat(1000)) + chunk(''))).body.length, 1000)
  assert.equal((await server.send(post('neighbour', '/', 'x'.repeat(1001)))).body.length, 1001)
  const [record] = server.records
  assert.deepEqual([record?.outcome, record?.error?.code], ['tooLarge', 'REQUEST_TOO_LARGE'])
})
