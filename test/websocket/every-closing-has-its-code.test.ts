import assert from 'node:assert/strict'
import { test } from 'node:test'
import { socketWorker, startSocketServer } from '../support/websocket.ts'

const CLOSER = socketWorker(`
  socket.accept()
  socket.addEventListener('message', ({ data }) => {
    try { eval(data) } catch (error) { socket.send(error.name + ' ' + error.message) }
  })`)

test('the worker closes', async () => {
  await using t = await startSocketServer()
  await t.load('w', CLOSER)
  const closed = async (code: string): Promise<unknown> => {
    const client = await t.connect('w')
    client.ws.send(code)
    const { code: number, reason } = await client.closed
    return [number, reason]
  }
  assert.deepEqual(await closed('socket.close()'), [1005, ''])
  assert.deepEqual(await closed('socket.close(1000, "done")'), [1000, 'done'])
  assert.deepEqual(await closed('socket.close(1011, "broken")'), [1011, 'broken'])
  assert.deepEqual(await closed('socket.close(4999, "\u00e9")'), [4999, '\u00e9'])
  assert.deepEqual(await t.events('w', 4), [
    [1005, '', true],
    [1000, 'done', true],
    [1011, 'broken', true],
    [4999, '\u00e9', true],
  ])
})

test('what was sent before arrives before', async () => {
  await using t = await startSocketServer()
  await t.load('w', CLOSER)
  const client = await t.connect('w')
  client.ws.send('for (let i = 0; i < 100; i++) socket.send(String(i)); socket.close(4000); socket.send("late")')
  for (let i = 0; i < 100; i++) assert.equal(await client.next(), String(i))
  assert.equal((await client.closed).code, 4000)
})

test('the client closes', async () => {
  await using t = await startSocketServer()
  await t.load('w', CLOSER)
  for (const [code, reason] of [
    [1000, 'bye'],
    [1001, ''],
    [3456, 'x'.repeat(123)],
  ] as const) {
    const client = await t.connect('w')
    client.ws.close(code, reason)
    assert.deepEqual(await client.closed, { code, reason })
  }
  assert.deepEqual(await t.events('w', 3), [
    [1000, 'bye', true],
    [1001, '', true],
    [3456, 'x'.repeat(123), true],
  ])
})

test('codes and reasons that no program may give', async () => {
  await using t = await startSocketServer()
  await t.load('w', CLOSER)
  const client = await t.connect('w')
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000]) {
    client.ws.send(`socket.close(${code})`)
    assert.match(String(await client.next()), /^InvalidAccessError /, String(code))
  }
  client.ws.send('socket.close(1000, "x".repeat(124))')
  assert.match(String(await client.next()), /^SyntaxError /)
  client.ws.close()
})
