import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSocketServer } from '../support/websocket.ts'

async function run(body: string): Promise<unknown> {
  await using t = await startSocketServer()
  await t.load('w', `export default { async execute() { ${body} } }`)
  const { error, output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

test('both ends accept: messages and the closing go both ways, in order', async () => {
  const log = await run(`
    const [one, other] = Object.values(new WebSocketPair())
    const log = []
    for (const [name, socket] of [['one', one], ['other', other]]) {
      socket.addEventListener('message', ({ data }) => log.push(name + ' ' + (typeof data === 'string' ? data : data.byteLength)))
      socket.addEventListener('close', ({ code, reason, wasClean }) => log.push([name, code, reason, wasClean].join(' ')))
      socket.accept()
    }
    one.send('a'); one.send(new Uint8Array([1, 2])); other.send('b')
    await new Promise((resolve) => setTimeout(resolve))
    one.send('c'); one.close(4000, 'end'); one.send('late')
    await new Promise((resolve) => setTimeout(resolve))
    return [...log, one.readyState, other.readyState]`)
  assert.deepEqual(log, ['other a', 'other 2', 'one b', 'other c', 'other 4000 end true', 'one 4000 end true', 3, 3])
})

test('what is said before accept() waits for it', async () => {
  const log = await run(`
    const { 0: one, 1: other } = new WebSocketPair()
    const log = [one.readyState]
    other.onmessage = ({ data }) => log.push(data)
    try { one.send('x') } catch (error) { log.push(error.name) }
    one.accept()
    one.send('early')
    await new Promise((resolve) => setTimeout(resolve))
    log.push('then')
    other.accept()
    await new Promise((resolve) => setTimeout(resolve))
    try { other.accept() } catch (error) { log.push(error.name) }
    return log`)
  assert.deepEqual(log, [0, 'InvalidStateError', 'then', 'early', 'TypeError'])
})

test('an end can be given once, and only where it was not accepted', async () => {
  await using t = await startSocketServer()
  const code = (before: string): string => `let kept
    export default { fetch() {
      const [client, server] = Object.values(new WebSocketPair())
      ${before}
      return new Response(null, { status: 101, webSocket: client })
    } }`
  await t.load('accepted', code('client.accept()'))
  await assert.rejects(t.connect('accepted'), /500/)
  await t.load(
    'again',
    code('kept ??= client; server.accept(); return new Response(null, { status: 101, webSocket: kept })'),
  )
  const first = await t.connect('again')
  await assert.rejects(t.connect('again'), /500/)
  first.ws.close()
})

test('a response carries a WebSocket under status 101 only, and nothing else under 101', async () => {
  const errors = await run(`
    const [socket] = Object.values(new WebSocketPair())
    const tries = [
      () => new Response(null, { status: 101 }),
      () => new Response(null, { webSocket: socket }),
      () => new Response(null, { status: 200, webSocket: socket }),
      () => new Response(null, { status: 101, webSocket: {} }),
      () => new Response('body', { status: 101, webSocket: socket }),
      () => new Response(null, { status: 101, webSocket: socket }).clone(),
      () => new WebSocketPair()[0].constructor === WebSocket || undefined.x,
    ]
    return tries.map((attempt) => { try { attempt(); return 'none' } catch (error) { return error.name } })`)
  assert.deepEqual(errors, ['RangeError', 'RangeError', 'RangeError', 'TypeError', 'TypeError', 'TypeError', 'none'])
})
