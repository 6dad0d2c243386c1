import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ECHO, startSocketServer } from '../support/websocket.ts'

const COUNT = 10_000

test('ten thousand, there and back', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  for (let i = 0; i < COUNT; i++) client.ws.send(i % 3 === 0 ? Buffer.from(String(i)) : String(i))
  for (let i = 0; i < COUNT; i++) assert.equal(String(await client.next()), String(i))
  client.ws.close()
  assert.deepEqual(await t.events('echo', 1), [[1005, '', true]])
})
