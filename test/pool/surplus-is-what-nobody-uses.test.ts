import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { gate } from '../support/gate.ts'
import type { TestRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'
import { startSocketServer } from '../support/websocket.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'
const BUSY = `export default { async fetch(request) {
  if (request.headers.get('upgrade') !== 'websocket') return new Response(await request.text())
  const [client, server] = Object.values(new WebSocketPair())
  server.accept()
  server.addEventListener('message', ({ data }) => server.send(data))
  return new Response(null, { status: 101, webSocket: client })
} }`

const TWO: RuntimeOptions = { persistentTasksAtOnce: 1, persistentReplicas: 2, healthCheckMs: 20 }

function openOf({ runtime }: TestRuntime, worker: string): number {
  return runtime.stats().entries.filter((entry) => entry.worker === worker && entry.state === 'open').length
}

/** Has the worker run two tasks at once until both gates are opened. */
async function holdTwo(t: TestRuntime) {
  const gates = [gate(), gate()]
  const tasks = gates.map(({ body }) => t.fetch('busy', '/', { method: 'POST', body }))
  await Promise.all(gates.map(({ entered }) => entered))
  return async (): Promise<void> => {
    for (const { open } of gates) open()
    await Promise.all(tasks)
  }
}

test('instances that are all in use stay, whether tasks go on coming or not', async () => {
  let looks = 0
  const retired: string[] = []
  await using t = await startSocketServer({
    ...TWO,
    observer: {
      // Of the other worker, which rests: it is looked at after a use that is one look old.
      garbageCollected: () => (looks += 1),
      instanceRetired: ({ cause }) => retired.push(cause),
    },
  })
  await t.load('busy', BUSY)
  await t.load('rests', HELLO)
  const open = await holdTwo(t)
  for (let count = 1; count <= 2; count++) {
    await t.fetch('rests')
    await until(() => looks === count)
  }
  assert.deepEqual(retired, [])
  await open()
})

test('the one that somebody holds stays', async () => {
  await using t = await startSocketServer({ ...TWO, poolSize: 2 })
  await t.load('busy', BUSY)
  using _pin = t.runtime.pin('busy')
  const open = await holdTwo(t)
  await open()
  await until(() => openOf(t, 'busy') === 1)
  for (const worker of ['a', 'b']) {
    await t.load(worker, HELLO)
    await t.fetch(worker)
  }
  assert.equal(openOf(t, 'busy'), 1)
})

test('the one that clients have WebSockets to stays', async () => {
  await using t = await startSocketServer(TWO)
  await t.load('busy', BUSY)
  const { next, ws } = await t.connect('busy')
  const open = await holdTwo(t)
  await open()
  await until(() => openOf(t, 'busy') === 1)
  ws.send('still there')
  assert.equal(await next(), 'still there')
  ws.close()
})
