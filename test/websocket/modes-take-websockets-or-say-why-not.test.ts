import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MODE_CASES } from '../support/modes.ts'
import { until } from '../support/until.ts'
import { ECHO, startSocketServer } from '../support/websocket.ts'

for (const { name, options } of MODE_CASES) {
  const takes = options.mode === 'worker' || options.mode === 'persistent'
  test(`${name}: ${takes ? 'takes them' : 'says why not'}`, async () => {
    await using t = await startSocketServer(options)
    await t.load('echo', ECHO)
    if (!takes) {
      await assert.rejects(t.connect('echo'), /500/)
      await until(() => t.records.length > 0)
      assert.equal(t.records[0]?.error?.code, 'WEBSOCKET_MODE')
      return
    }
    const clients = [await t.connect('echo'), await t.connect('echo')]
    for (const [index, client] of clients.entries()) {
      client.ws.send(`hello ${index}`)
      assert.equal(await client.next(), `hello ${index}`)
    }
    // Nor are they in the way of others.
    assert.equal((await t.fetch('echo')).text, '[]')
    for (const client of clients) client.ws.close()
    await until(() => t.runtime.stats().entries.every(({ sockets }) => sockets === 0))
  })
}

test('an instance that only clients keep gives its place to a worker that is asked', async () => {
  await using t = await startSocketServer({ poolSize: 1 })
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  await t.load('other', 'export default { fetch: () => new Response("other") }', {})
  assert.equal((await t.fetch('other')).text, 'other')
  assert.equal((await client.closed).code, 1012)
})

test('but not while it has something to do, nor while another one is idle', async () => {
  await using t = await startSocketServer({ poolSize: 2 })
  await t.load('echo', ECHO)
  const client = await t.connect('echo')
  await t.load('idle', 'export default { fetch: () => new Response("idle") }')
  await t.fetch('idle')
  await t.load('other', 'export default { fetch: () => new Response("other") }')
  assert.equal((await t.fetch('other')).text, 'other')
  client.ws.send('still here')
  assert.equal(await client.next(), 'still here')
  client.ws.close()
})
