import assert from 'node:assert/strict'
import { test } from 'node:test'
import { socketWorker, startSocketServer } from '../support/websocket.ts'

const SENDER = socketWorker(`
  socket.accept()
  socket.addEventListener('message', ({ data }) => {
    try {
      socket.send(typeof data === 'string' ? 'x'.repeat(Number(data)) : new Uint8Array(1025))
    } catch (error) { socket.send(error.message) }
  })`)

test('what a worker sends', async () => {
  await using t = await startSocketServer()
  await t.load('w', SENDER, { limits: { webSocketMessageBytes: 1024 } })
  const client = await t.connect('w')
  client.ws.send('1024')
  assert.equal(await client.next(), 'x'.repeat(1024))
  client.ws.send('1025')
  const refusal =
    'WebSocket message limit: the message has 1025 bytes of the 1024 it may have. Send less, or raise the limit "webSocketMessageBytes".'
  assert.equal(await client.next(), refusal)
  client.ws.send(Buffer.from('bytes'))
  assert.equal(await client.next(), refusal)
  client.ws.close()
})

test('what a client sends', async () => {
  await using t = await startSocketServer()
  await t.load('w', SENDER, { limits: { webSocketMessageBytes: 1024 } })
  const client = await t.connect('w')
  client.ws.send(Buffer.alloc(1024))
  await client.next()
  client.ws.send(Buffer.alloc(1025))
  assert.equal((await client.closed).code, 1009)
  assert.deepEqual(await t.events('w', 1), [[1009, '', true]])
})

test('what a server sends to a worker', async () => {
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'] } })
  await t.load('w', SENDER)
  await t.load(
    'asker',
    `export default { fetch: () => new Promise((resolve) => {
      const socket = new WebSocket('ws://w.localhost:${t.port}')
      socket.onopen = () => socket.send('2000')
      socket.onmessage = () => resolve(new Response('message'))
      socket.onclose = ({ code, wasClean }) => resolve(Response.json([code, wasClean]))
    }) }`,
    { limits: { webSocketMessageBytes: 1024 } },
  )
  assert.equal((await t.fetch('asker')).text, '[1006,false]')
})
