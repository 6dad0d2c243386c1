import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { kill, startFleet, type TestFleet } from '../support/fleet.ts'
import { connectTo, ECHO, socketWorker, type TestClient } from '../support/websocket.ts'

const UNKNOWN = { tenant: 'unknown', worker: 'echo' }

function connectUnknown({ serve }: TestFleet): Promise<TestClient> {
  return connectTo(serve.port, `echo.unknown.localhost:${serve.port}`)
}

test('their messages go to the probation host and back, in order, whole', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(UNKNOWN, ECHO)
  const client = await connectUnknown(fleet)
  for (let i = 0; i < 3000; i++) client.ws.send(i % 2 === 0 ? String(i) : Buffer.from(String(i)))
  for (let i = 0; i < 3000; i++) assert.equal(String(await client.next()), String(i))
  const large = Buffer.alloc(900_000, 'large')
  client.ws.send(large)
  assert.deepEqual(await client.next(), large)
  client.ws.close(4000, 'enough')
  assert.deepEqual(await client.closed, { code: 4000, reason: 'enough' })
})

test('codes and reasons of the worker, and its limits', async () => {
  await using fleet = await startFleet()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', ({ data }) => { for (; data === 'loop'; ); socket.close(4321, data) })`)
  await fleet.deploy(UNKNOWN, code, { limits: { webSocketMessageBytes: 1000 } })
  const polite = await connectUnknown(fleet)
  polite.ws.send('bye')
  assert.deepEqual(await polite.closed, { code: 4321, reason: 'bye' })
  const long = await connectUnknown(fleet)
  long.ws.send(Buffer.alloc(1001))
  assert.equal((await long.closed).code, 1009)
  const busy = await connectUnknown(fleet)
  busy.ws.send('loop')
  assert.deepEqual(await busy.closed, { code: 1011, reason: 'CPU_LIMIT' })
})

test('a client that reads nothing is closed there as here', async () => {
  await using fleet = await startFleet()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', () => { for (let i = 0; i < 64; i++) socket.send(new Uint8Array(256 * 1024)) })`)
  await fleet.deploy(UNKNOWN, code, { limits: { webSocketBufferBytes: 1024 * 1024, cpuMs: 5000 } })
  const client = await connectUnknown(fleet)
  client.ws.pause()
  client.ws.send('go')
  await eventually([[1008, 'The other side reads too slowly.', true]], async () => (await fleet.get(UNKNOWN)).json())
  client.ws.terminate()
})

test('when their host dies, the connection drops', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(UNKNOWN, ECHO)
  const client = await connectUnknown(fleet)
  client.ws.send('x')
  await client.next()
  const pool = await fleet.admin.hosts()
  kill(pool.find(({ tier }) => tier === 'probation'))
  assert.deepEqual(await client.closed, { code: 1006, reason: '' })
  const again = await connectUnknown(fleet)
  again.ws.send('y')
  assert.equal(await again.next(), 'y')
  again.ws.close()
})
