import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ECHO, startSocketServer } from '../support/websocket.ts'
import { until } from '../support/until.ts'

const LOCAL = { network: { allow: ['127.0.0.1'] } }

test('with Upgrade: websocket, and accept()', async () => {
  await using t = await startSocketServer(LOCAL)
  await t.load('echo', ECHO)
  await t.load(
    'w',
    `export default { async fetch() {
      const response = await fetch('http://echo.localhost:${t.port}/', { headers: { Upgrade: 'websocket' } })
      const socket = response.webSocket
      const answer = new Promise((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)))
      socket.accept()
      socket.send('hello')
      const log = [response.status, response.body, await answer, socket instanceof WebSocket, socket.readyState]
      socket.close(1000, 'done')
      await new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve(log.push(code))))
      return Response.json(log)
    } }`,
  )
  assert.equal((await t.fetch('w')).text, '[101,null,"hello",true,1,1000]')
})

test('a request that is passed on makes the worker a proxy', async () => {
  await using t = await startSocketServer(LOCAL)
  await t.load('echo', ECHO)
  await t.load('proxy', `export default { fetch: (request) => fetch('http://echo.localhost:${t.port}/', request) }`)
  const client = await t.connect('proxy')
  for (let i = 0; i < 200; i++) client.ws.send(String(i))
  for (let i = 0; i < 200; i++) assert.equal(await client.next(), String(i))
  client.ws.close(4000, 'through')
  assert.deepEqual(await client.closed, { code: 4000, reason: 'through' })
  assert.deepEqual(await t.events('echo', 1), [[4000, 'through', true]])
  await until(() =>
    t.runtime.stats().entries.every(({ openOps, running, sockets }) => openOps + running + sockets === 0),
  )
})

test('where the server closes, so does the proxy', async () => {
  await using t = await startSocketServer(LOCAL)
  await t.load('echo', ECHO)
  await t.load('proxy', `export default { fetch: (request) => fetch('http://echo.localhost:${t.port}/', request) }`)
  const client = await t.connect('proxy')
  await t.load('echo', ECHO)
  assert.equal((await client.closed).code, 1012)
})

test('one of several clients reaches the others: any socket of the instance may be sent on', async () => {
  await using t = await startSocketServer()
  await t.load(
    'chat',
    `const sockets = new Set()
    export default { fetch() {
      const [client, server] = Object.values(new WebSocketPair())
      server.accept()
      sockets.add(server)
      server.addEventListener('close', () => sockets.delete(server))
      server.addEventListener('message', ({ data }) => { for (const socket of sockets) socket.send(data) })
      return new Response(null, { status: 101, webSocket: client })
    } }`,
  )
  const clients = await Promise.all(Array.from({ length: 10 }, () => t.connect('chat')))
  clients[3]?.ws.send('to all')
  for (const client of clients) assert.equal(await client.next(), 'to all')
  for (const client of clients) client.ws.close()
})
