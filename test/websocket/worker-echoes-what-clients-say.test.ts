import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ECHO, startSocketServer } from '../support/websocket.ts'

test('text, bytes, nothing, and what is long', async () => {
  await using t = await startSocketServer()
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  for (const text of ['hello', '', 'h\u00e9llo \ud83d\ude00', 'x'.repeat(200_000)]) {
    client.ws.send(text)
    assert.equal(await client.next(), text)
  }
  for (const bytes of [Buffer.from([1, 2, 3]), Buffer.alloc(0), Buffer.alloc(200_000, 7)]) {
    client.ws.send(bytes)
    assert.deepEqual(await client.next(), bytes)
  }
  client.ws.close(4001, 'enough')
  assert.deepEqual(await client.closed, { code: 4001, reason: 'enough' })
})
