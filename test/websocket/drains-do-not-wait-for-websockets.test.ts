import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRuntime } from '../../src/library/create-runtime.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { startFleet } from '../support/fleet.ts'
import { gate, HOLD } from '../support/gate.ts'
import { until } from '../support/until.ts'
import { connectTo, ECHO, startSocketServer } from '../support/websocket.ts'

const RESTARTED = { code: 1012, reason: 'The worker is restarted. Try again.' }
const GOING = { code: 1001, reason: 'The server is going away.' }

test('a new version: 1012, and the old instance goes', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  client.ws.send('x')
  await client.next()
  await t.load('echo', ECHO)
  assert.deepEqual(await client.closed, RESTARTED)
  await until(() => t.runtime.stats().entries.length === 1)
  const again = await t.connect('echo')
  again.ws.send('y')
  assert.equal(await again.next(), 'y')
  again.ws.close()
})

test('a new version in a mode with an isolate for each task', async () => {
  await using t = await startSocketServer({ mode: 'worker' })
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  client.ws.send('x')
  assert.equal(await client.next(), 'x')
  await t.load('echo', ECHO)
  assert.deepEqual(await client.closed, RESTARTED)
  await until(() => t.runtime.stats().entries.length === 0)
})

test('a removed worker', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  t.runtime.remove('echo')
  assert.deepEqual(await client.closed, RESTARTED)
})

test('a version that is replaced while it answers', async () => {
  await using t = await startSocketServer()
  await t.load(
    'w',
    `let answer
    export default { async fetch(request) {
      if (request.headers.get('upgrade') !== 'websocket') { answer(); return new Response() }
      const [client, socket] = Object.values(new WebSocketPair())
      socket.accept()
      await new Promise((resolve) => (answer = resolve))
      return new Response(null, { status: 101, webSocket: client })
    } }`,
  )
  await t.load('hold', HOLD)
  const connected = t.connect('w')
  await until(() => t.runtime.counts().running === 1)
  // In the same instance, so that it can answer the other one after it was replaced.
  const held = gate()
  const holding = t.fetch('w', '/', { method: 'POST', body: held.body })
  await t.load('w', ECHO)
  await holding
  const client = await connected
  assert.deepEqual(await client.closed, RESTARTED)
})

test('a door that closes: 1001', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  const cut = t.ingress.close(10_000)
  assert.deepEqual(await client.closed, GOING)
  assert.equal(await cut, 0)
})

test('a runtime that closes: 1001', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  await t.runtime.close()
  assert.deepEqual(await client.closed, GOING)
})

test('a server that is told to end does so at once, however many are connected', async () => {
  await using fleet = await startFleet(['--drain-ms', '60000'])
  await fleet.deploy({ tenant: 'default', worker: 'echo' }, ECHO)
  const clients = await Promise.all(
    Array.from({ length: 5 }, () => connectTo(fleet.serve.port, `echo.localhost:${fleet.serve.port}`)),
  )
  fleet.serve.signal('SIGTERM')
  for (const client of clients) assert.deepEqual(await client.closed, GOING)
  assert.equal(await fleet.serve.ended, 0)
})

test('a deploy to a server: 1012', async () => {
  await using fleet = await startFleet()
  const address = { tenant: 'default', worker: 'echo' }
  await fleet.deploy(address, ECHO)
  const client = await connectTo(fleet.serve.port, `echo.localhost:${fleet.serve.port}`)
  await fleet.deploy(address, ECHO)
  assert.deepEqual(await client.closed, RESTARTED)
})

test('the door of a library runtime, in a process of its own', async () => {
  await using runtime = createRuntime({ reserveSize: 0 })
  await runtime.load({ worker: 'echo', bundle: bundleSource(ECHO) })
  await using door = await runtime.listen({ port: 0 })
  const client = await connectTo(door.address.port, 'echo.localhost')
  client.ws.send('through a process')
  assert.equal(await client.next(), 'through a process')
  await door.close(10_000)
  assert.deepEqual(await client.closed, GOING)
})
