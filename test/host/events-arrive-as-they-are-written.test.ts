import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOrigin } from '../support/origin.ts'
import { request, startServer } from '../support/http.ts'

const NETWORK = { allow: ['127.0.0.1/32'] }

/** Each event is written once the origin has answered; the test holds the answers back. */
const EVENTS = `export default { fetch(request, env) {
  const { readable, writable } = new TransformStream()
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  const run = async () => {
    for (let i = 1; i <= 3; i++) {
      await writer.write(encoder.encode('data: ' + i + '\\n\\n'))
      await (await fetch(env.origin)).text()
    }
    await writer.close()
  }
  run()
  return new Response(readable, { headers: { 'content-type': 'text/event-stream' } })
} }`

test('server-sent events, one at a time', async () => {
  const asked: (() => void)[] = []
  let onAsked: (() => void) | undefined
  await using origin = await startOrigin((_request, response) => {
    asked.push(() => response.end('go on'))
    onAsked?.()
  })
  const goOn = async (): Promise<void> => {
    if (asked.length === 0) await new Promise<void>((resolve) => (onAsked = resolve))
    asked.shift()?.()
  }
  await using server = await startServer({ network: NETWORK })
  await server.load('hello', EVENTS, { env: { origin: origin.url } })
  await using client = await server.connect()
  client.send(request('hello'))
  const head = await client.head()
  assert.deepEqual(head.all('content-type'), ['text/event-stream'])
  for (const number of [1, 2, 3]) {
    assert.equal(await client.chunk(), `data: ${number}\n\n`)
    await goOn()
  }
  assert.equal(await client.chunk(), undefined)
})

test('the head, before there is any event', async () => {
  await using server = await startServer()
  await server.load('quiet', 'export default { fetch: () => new Response(new ReadableStream({}), { status: 201 }) }')
  await using client = await server.connect()
  client.send(request('quiet'))
  assert.equal((await client.head()).status, 201)
})

test('to many clients, written on behalf of one of them while another is slow', async () => {
  await using server = await startServer()
  await server.load(
    'chat',
    `const members = []
    export default { fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/join') return new Response(new ReadableStream({ start(controller) { members.push(controller) } }))
      for (const member of members) {
        if (pathname === '/leave') member.close()
        else for (let i = 0; i < 10; i++) member.enqueue(new Uint8Array(64 * 1024).fill(97))
      }
      return new Response('said')
    } }`,
    { limits: { cpuMs: 5000 } },
  )
  await using quick = await server.connect()
  await using slow = await server.connect()
  for (const client of [quick, slow]) {
    client.send(request('chat', '/join'))
    await client.head()
  }
  slow.socket.pause()
  for (let i = 0; i < 10; i++) assert.equal((await server.get('chat', '/say')).body, 'said')
  await server.get('chat', '/leave')
  slow.socket.resume()
  for (const client of [quick, slow]) {
    let bytes = 0
    for (let chunk = await client.chunk(); chunk !== undefined; chunk = await client.chunk()) bytes += chunk.length
    assert.equal(bytes, 100 * 64 * 1024)
  }
})
