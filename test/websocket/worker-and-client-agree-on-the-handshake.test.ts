import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { request } from '../support/cli.ts'
import { ECHO, startSocketServer } from '../support/websocket.ts'

test('the protocol a worker chooses, and its headers', async () => {
  await using t = await startSocketServer()
  await t.load(
    'w',
    `export default { fetch(request) {
      const [client, server] = Object.values(new WebSocketPair())
      server.accept()
      server.send(request.headers.get('sec-websocket-protocol') + ' ' + request.url)
      const headers = { 'Sec-WebSocket-Protocol': 'second', 'X-Said': 'by the worker', Connection: 'close', 'Transfer-Encoding': 'chunked' }
      return new Response(null, { status: 101, webSocket: client, headers })
    } }`,
  )
  const ws = new WebSocket(`ws://127.0.0.1:${t.port}/path?q=1`, ['first', 'second'], {
    headers: { host: 'w.localhost' },
  })
  const messages = once(ws, 'message')
  const [response] = (await once(ws, 'upgrade')) as [{ headers: Record<string, string> }]
  assert.equal(response.headers['x-said'], 'by the worker')
  assert.equal(response.headers['connection'], 'Upgrade')
  assert.equal(response.headers['transfer-encoding'], undefined)
  const [data] = (await messages) as [Buffer]
  assert.equal(data.toString(), 'first,second http://w.localhost/path?q=1')
  assert.equal(ws.protocol, 'second')
  ws.close()
})

test('a worker that answers with an ordinary response: that is what the client gets', async () => {
  await using t = await startSocketServer()
  await t.load('w', 'export default { fetch: () => new Response("please log in", { status: 401 }) }')
  const ws = new WebSocket(`ws://127.0.0.1:${t.port}`, { headers: { host: 'w.localhost' } })
  ws.on('error', () => undefined)
  const [, response] = (await once(ws, 'unexpected-response')) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ]
  assert.equal(response.statusCode, 401)
  let text = ''
  for await (const chunk of response) text += chunk.toString()
  assert.equal(text, 'please log in')
  ws.terminate()
})

test('a worker that answers a plain request with a WebSocket: 426', async () => {
  await using t = await startSocketServer()
  await t.load('w', ECHO.replace(`request.headers.get('upgrade') !== 'websocket'`, 'false'))
  const answer = await request(t.port, '/', { host: 'w.localhost' })
  assert.equal(answer.status, 426)
  assert.equal(answer.headers.upgrade, 'websocket')
  assert.match(answer.text, /INVALID_REQUEST/)
})

const HEAD = 'Host: echo.localhost\r\nConnection: Upgrade\r\n'
const BROKEN: Readonly<Record<string, string>> = {
  'no key': `GET / HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  'a key that is none': `GET / HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n`,
  'another version': `GET / HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  'another method': `POST / HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nContent-Length: 0\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
}

for (const [what, text] of Object.entries(BROKEN)) {
  test(`a handshake with ${what} is refused`, async () => {
    await using t = await startSocketServer()
    await t.load('echo', ECHO)
    const socket = connect(t.port, '127.0.0.1')
    socket.end(text)
    let answer = ''
    for await (const chunk of socket) answer += (chunk as Buffer).toString()
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.match(answer, /INVALID_REQUEST/)
  })
}

test('a request for another protocol is answered as if it asked for none', async () => {
  await using t = await startSocketServer()
  await t.load('w', 'export default { fetch: () => new Response("plain") }')
  const answer = await request(t.port, '/', { host: 'w.localhost', headers: { connection: 'Upgrade', upgrade: 'h2c' } })
  assert.equal(answer.text, 'plain')
})

test('no such worker: 404, as for any request', async () => {
  await using t = await startSocketServer()
  await assert.rejects(t.connect('nobody'), /404/)
})
