import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServer } from '../support/http.ts'
import { eventually } from '../support/eventually.ts'

test('to HEAD: the head of the same GET', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    'export default { fetch: (request) => new Response("h\u00e9llo", { headers: { "x-method": request.method } }) }',
  )
  await using client = await server.connect()
  client.send(`HEAD / HTTP/1.1\r\nHost: hello.localhost\r\n\r\n${request('hello')}`)
  const head = await client.response('without-body')
  assert.deepEqual([head.status, head.all('content-length'), head.all('x-method')], [200, ['6'], ['HEAD']])
  const next = await client.response()
  assert.equal(next.body, 'h\u00e9llo')
})

test('to HEAD, where the worker answers by a stream without end', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `let canceled = 0
    export default { fetch: (request) => request.method === 'HEAD'
      ? new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(10)) }, cancel() { canceled += 1 } }))
      : new Response(String(canceled)) }`,
  )
  await using client = await server.connect()
  client.send(`HEAD / HTTP/1.1\r\nHost: hello.localhost\r\n\r\n`)
  assert.equal((await client.response('without-body')).status, 200)
  await eventually('1', async () => {
    client.send(request('hello'))
    return (await client.response()).body
  })
})

test('with status 204, 205 or 304', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    'export default { fetch: (request) => new Response(null, { status: Number(new URL(request.url).pathname.slice(1)), headers: { etag: "x" } }) }',
  )
  await using client = await server.connect()
  for (const [status, length] of [
    [204, []],
    [304, []],
    [205, ['0']],
    [200, ['0']],
  ] as const) {
    client.send(request('hello', `/${status}`))
    const response = await client.response()
    assert.deepEqual([response.status, response.all('content-length'), response.all('etag')], [status, length, ['x']])
    assert.deepEqual(response.all('transfer-encoding'), [])
  }
})
