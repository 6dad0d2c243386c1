import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import type { AddressInfo } from 'node:net'
import { WsSocket } from '../../src/ops/websocket/ws-socket.ts'
import { until } from '../support/until.ts'
import { rawClient, socketWorker, startSocketServer } from '../support/websocket.ts'

test('a connection is not read on before what came is dealt with', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const opened = once(client, 'open')
  const [ws, request] = (await accepted) as [WebSocket, { socket: Socket }]
  const socket = new WsSocket(ws, { connection: request.socket, maxMessageBytes: 1024 * 1024 })
  await opened
  const COUNT = 2000
  for (let i = 0; i < COUNT; i++) client.send(Buffer.alloc(16 * 1024))
  let arrived = 0
  let taken = 0
  let most = 0
  socket.open({
    message() {
      arrived += 1
      most = Math.max(most, arrived - taken)
    },
    taken: () => undefined,
    closed: () => undefined,
  })
  while (taken < COUNT) {
    await until(() => arrived > taken)
    taken += 1
    socket.taken()
  }
  // The window, and what one read of the socket may bring beyond it.
  assert.ok(most <= 9, `${most} messages at once`)
  client.terminate()
  server.close()
})

test('a client that reads nothing costs no more than the limit, and is closed', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', () => {
      for (let i = 0; i < 64; i++) socket.send(new Uint8Array(256 * 1024))
      events.push(socket.bufferedAmount)
    })`)
  await t.load('w', code, { limits: { webSocketBufferBytes: 1024 * 1024, cpuMs: 5000 } })
  const client = await rawClient(t.port, 'w.localhost')
  client.pause()
  client.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x78]))
  const [buffered, closing] = (await t.events('w', 2)) as [number, unknown]
  assert.ok(buffered <= 1024 * 1024 + 256 * 1024, `${buffered} bytes`)
  assert.deepEqual(closing, [1008, 'The other side reads too slowly.', true])
  client.destroy()
})

test('one that reads gets everything, as much as that may be', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', async () => {
      for (let i = 0; i < 64; i++) {
        while (socket.bufferedAmount > 512 * 1024) await new Promise((resolve) => setTimeout(resolve, 1))
        socket.send(new Uint8Array(256 * 1024).fill(i))
      }
    })`)
  await t.load('w', code, { limits: { webSocketBufferBytes: 1024 * 1024, cpuMs: 5000 } })
  const client = await t.connect('w')
  client.ws.send('go')
  for (let i = 0; i < 64; i++) assert.equal(((await client.next()) as Buffer)[0], i)
  client.ws.close()
  await client.closed
})
