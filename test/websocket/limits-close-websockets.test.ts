import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ECHO, socketWorker, startSocketServer } from '../support/websocket.ts'
import { until } from '../support/until.ts'

const BUSY = `const spin = (ms) => { const end = performance.now() + ms; while (performance.now() < end); }
`

test('CPU time in a message handler: 1011, and the worker goes on', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', () => { for (;;); })`)
  await t.load('w', code, { limits: { cpuMs: 50 } })
  const client = await t.connect('w')
  client.ws.send('go')
  assert.deepEqual(await client.closed, { code: 1011, reason: 'CPU_LIMIT' })
  await until(() => t.records.length > 0)
  assert.equal(t.records[0]?.outcome, 'exceededCpu')
  assert.equal((await t.fetch('w')).outcome, 'ok')
})

test('each message has a budget of its own', async () => {
  await using t = await startSocketServer({ clock: 'real' })
  const code =
    BUSY +
    socketWorker(`
    socket.accept()
    socket.addEventListener('message', () => { spin(60); socket.send('done') })`)
  await t.load('w', code, { limits: { cpuMs: 300 } })
  // How much CPU time a moment is worth depends on the machine: more messages, until together they have used more.
  for (let count = 8; t.records.every(({ usage }) => usage.cpuUs < 300_000); count *= 2) {
    const client = await t.connect('w')
    for (let i = 0; i < count; i++) {
      client.ws.send('go')
      assert.equal(await client.next(), 'done')
    }
    const before = t.records.length
    client.ws.close()
    await until(() => t.records.length > before)
  }
  assert.ok(t.records.every(({ outcome }) => outcome === 'ok'))
})

test('what a server says gives none: a task cannot be kept alive by an accomplice', async () => {
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'] }, clock: 'real' })
  await t.load('echo', ECHO)
  await t.load(
    'w',
    `${BUSY} export default { fetch: () => new Promise(() => {
      const socket = new WebSocket('ws://echo.localhost:${t.port}')
      socket.onopen = () => socket.send('x')
      socket.onmessage = () => { spin(20); socket.send('x') }
    }) }`,
    { limits: { cpuMs: 100 } },
  )
  assert.equal((await t.fetch('w')).outcome, 'exceededCpu')
})

test('memory: 1011 for the culprit, 1012 for the others', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', () => { const kept = []; for (;;) kept.push(new Array(10_000).fill({})) })`)
  await t.load('w', code, { limits: { heapMb: 16, cpuMs: 5000 } })
  const culprit = await t.connect('w')
  const other = await t.connect('w')
  culprit.ws.send('go')
  assert.deepEqual(await culprit.closed, { code: 1011, reason: 'MEMORY_LIMIT' })
  assert.equal((await other.closed).code, 1012)
})

test('an exception in a handler is logged, and closes nothing', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('message', ({ data }) => { if (data === 'throw') throw new Error('thrown'); socket.send(data) })`)
  await t.load('w', code)
  const client = await t.connect('w')
  client.ws.send('throw')
  client.ws.send('on')
  assert.equal(await client.next(), 'on')
  client.ws.close()
  await until(() => t.records.some(({ logs }) => logs.some(({ message }) => message.includes('thrown'))))
})

test('wall time does not end a task whose client has a WebSocket', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO, { limits: { wallMs: 50 } })
  const client = await t.connect('echo')
  // Another task of the same limit, begun after it, has come to its end.
  await t.load('slow', 'export default { fetch: () => new Promise(() => setTimeout(() => {}, 10_000)) }', {
    limits: { wallMs: 60 },
  })
  assert.equal((await t.fetch('slow')).outcome, 'exceededWallTime')
  client.ws.send('still here')
  assert.equal(await client.next(), 'still here')
  client.ws.close()
})

test('waitUntil goes on after the WebSocket has closed, for as long as it may', async () => {
  await using t = await startSocketServer()
  const code = socketWorker(`
    socket.accept()
    socket.addEventListener('close', () => ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 30)).then(() => events.push('waited'))))`)
  await t.load('w', code)
  const client = await t.connect('w')
  client.ws.close()
  assert.deepEqual(await t.events('w', 2), [[1005, '', true], 'waited'])
  await until(() => t.runtime.counts().running === 0 && t.runtime.stats().entries[0]?.sockets === 0)
})

test('as many clients as may', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO, { limits: { webSocketClients: 2 } })
  const first = await t.connect('echo')
  const second = await t.connect('echo')
  await assert.rejects(t.connect('echo'), /503/)
  first.ws.close()
  await first.closed
  await until(() => t.runtime.stats().entries[0]?.sockets === 1)
  const third = await t.connect('echo')
  third.ws.close()
  second.ws.close()
})

test('as many of one task as may', async () => {
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'] } })
  await t.load('echo', ECHO)
  await t.load(
    'w',
    `export default { fetch() {
      const errors = []
      for (let i = 0; i < 4; i++) try { new WebSocket('ws://echo.localhost:${t.port}') } catch (error) { errors.push(error.message) }
      return Response.json(errors)
    } }`,
    { limits: { webSockets: 3 } },
  )
  assert.deepEqual(JSON.parse((await t.fetch('w')).text), [
    'WebSocket limit: the task has 3 WebSockets open, as many as it may. Close some before opening more, or raise the limit "webSockets".',
  ])
})
