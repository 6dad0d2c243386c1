import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { chunk, request, startServer } from '../support/http.ts'

const ECHO = 'export default { fetch: async (request) => new Response(await request.text()) }'

test('those that run, and no new ones', async () => {
  await using server = await startServer()
  await server.load('hello', ECHO)
  await using idle = await server.connect()
  idle.send(request('hello'))
  await idle.response()
  await using client = await server.connect()
  client.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
  await eventually(1, async () => server.runtime.stats().entries[0]?.running ?? 0)
  const closed = server.ingress.close(60_000)
  await idle.closed
  const late = connect(server.port, '127.0.0.1')
  const [error] = await once(late, 'error')
  assert.equal(error.code, 'ECONNREFUSED')
  client.send(chunk('finished') + chunk(''))
  assert.equal((await client.response()).body, 'finished')
  // Without waiting for the client, or for the connection to have been idle for long.
  await closed
  await client.closed
})

test('those that take too long are cut off', async () => {
  await using server = await startServer()
  await server.load('hello', 'export default { fetch: () => new Promise(() => {}) }')
  await using client = await server.connect()
  client.send(request('hello'))
  await eventually(1, async () => server.runtime.stats().entries[0]?.running ?? 0)
  await server.ingress.close(10)
  assert.equal(await client.rest(), '')
})
