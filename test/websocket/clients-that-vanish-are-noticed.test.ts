import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { WebSocketServer } from 'ws'
import { WsSocket } from '../../src/ops/websocket/ws-socket.ts'
import { until } from '../support/until.ts'
import { ECHO, rawClient, socketWorker, startSocketServer } from '../support/websocket.ts'

test('one whose connection breaks', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const socket = await rawClient(t.port, 'echo.localhost')
  socket.resetAndDestroy()
  assert.deepEqual(await t.events('echo', 1), [[1006, '', false]])
  await until(() => t.runtime.stats().entries[0]?.sockets === 0)
})

test('one that ends its connection without a word', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const socket = await rawClient(t.port, 'echo.localhost')
  socket.end()
  assert.deepEqual(await t.events('echo', 1), [[1006, '', false]])
})

test('one that leaves before the worker has answered', async () => {
  await using t = await startSocketServer()
  await t.load(
    'slow',
    `const events = []
    let answer
    export default { async fetch(request) {
      if (request.url.endsWith('/answer')) answer()
      if (request.headers.get('upgrade') !== 'websocket') return Response.json(events)
      request.signal.addEventListener('abort', () => events.push('aborted'))
      const [client, socket] = Object.values(new WebSocketPair())
      socket.accept()
      socket.addEventListener('close', ({ code }) => events.push(code))
      events.push('asked')
      await new Promise((resolve) => (answer = resolve))
      return new Response(null, { status: 101, webSocket: client })
    } }`,
  )
  const socket = connect(t.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    'GET / HTTP/1.1\r\nHost: slow.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await t.events('slow', 1)
  socket.destroy()
  assert.deepEqual(await t.events('slow', 2), ['asked', 'aborted'])
  // The answer comes too late, and goes nowhere.
  await t.fetch('slow', '/answer')
  assert.deepEqual(await t.events('slow', 2), ['asked', 'aborted'])
  await until(() => t.runtime.counts().running === 0)
})

test('one that is silent, and answers no ping', async () => {
  // Takes the handshake, and then says nothing ever again.
  const wss = new WebSocketServer({ noServer: true })
  const http = createHttpServer()
  const closed = new Promise((resolve) => {
    http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      wss.handleUpgrade(request, socket, head, (ws) => {
        new WsSocket(ws, { connection: socket, maxMessageBytes: 1024, pingMs: 20 }).open({
          message: () => undefined,
          taken: () => undefined,
          closed: resolve,
        })
      })
    })
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const client = await rawClient((http.address() as AddressInfo).port, 'x')
  assert.deepEqual(await closed, { code: 1006, reason: '', wasClean: false })
  client.destroy()
  http.close()
})

test('one that answers pings stays', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  client.ws.ping('hello')
  const [data] = (await once(client.ws, 'pong')) as [Buffer]
  assert.equal(data.toString(), 'hello')
  client.ws.close()
})

test('a worker that never accepts holds nobody', async () => {
  await using t = await startSocketServer()
  await t.load('w', socketWorker(''))
  const client = await t.connect('w')
  client.ws.send('never read')
  client.ws.close(4000, 'tired')
  assert.deepEqual(await client.closed, { code: 4000, reason: 'tired' })
  assert.deepEqual(await t.events('w', 1), [[4000, 'tired', true]])
  await until(() => t.runtime.stats().entries[0]?.sockets === 0)
})

test('nobody says anything: the idle limit', async () => {
  await using t = await startSocketServer()
  await t.load('w', ECHO, { limits: { webSocketIdleMs: 50 } })
  const client = await t.connect('w')
  assert.deepEqual(await client.closed, { code: 1001, reason: 'Nothing was said for 50 ms.' })
})
