import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunk, post, request, startServer } from '../support/http.ts'

const ECHO =
  'export default { fetch: async (request, env) => new Response(`${env.name} ${new URL(request.url).pathname} ${await request.text()}`) }'

test('one after the other, to several workers', async () => {
  await using server = await startServer()
  for (const name of ['a', 'b']) await server.load(name, ECHO, { env: { name } })
  await using client = await server.connect()
  for (let i = 0; i < 20; i++) {
    const worker = i % 2 === 0 ? 'a' : 'b'
    client.send(i % 3 === 0 ? post(worker, `/${i}`, `body ${i}`) : request(worker, `/${i}`))
    assert.equal((await client.response()).body, `${worker} /${i} ${i % 3 === 0 ? `body ${i}` : ''}`)
  }
  client.send(request('missing'))
  assert.equal((await client.response()).status, 404)
  client.send(request('a'))
  assert.equal((await client.response()).body, 'a / ')
})

test('all at once, answered in their order however long each takes', async () => {
  await using server = await startServer()
  await server.load(
    'slow',
    'export default { fetch: async (request) => { await new Promise((r) => setTimeout(r, 20)); return new Response(request.url) } }',
  )
  await server.load('quick', 'export default { fetch: (request) => new Response(request.url) }')
  await server.load(
    'stream',
    `export default { fetch: (request) => new Response(new ReadableStream({ start(c) {
      c.enqueue(request.url); setTimeout(() => c.close(), 5)
    } })) }`,
  )
  await using client = await server.connect()
  const workers = ['slow', 'quick', 'stream', 'quick', 'missing', 'slow', 'stream', 'quick']
  client.send(workers.map((worker, i) => request(worker, `/${i}`)).join(''))
  for (const [i, worker] of workers.entries()) {
    const { status, body } = await client.response()
    if (worker === 'missing') assert.equal(status, 404)
    else assert.equal(body, `http://${worker}.localhost/${i}`)
  }
})

test('none starts before those sent ahead of it are answered; another connection need not wait', async () => {
  await using server = await startServer()
  await server.load(
    'counts',
    `let running = 0
    let most = 0
    export default { async fetch(request) {
      if (request.url.endsWith('/most')) return new Response(String(most))
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      return new Response('done')
    } }`,
  )
  await using client = await server.connect()
  await using other = await server.connect()
  client.send(request('counts', '/').repeat(10))
  assert.equal((await client.response()).body, 'done')
  other.send(request('counts', '/most'))
  assert.equal((await other.response()).body, '1')
  for (let i = 1; i < 10; i++) assert.equal((await client.response()).body, 'done')
  client.send(request('counts', '/most'))
  assert.equal((await client.response()).body, '1')
})

test('although a handler reads nothing, or not all, of a body', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { async fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/some') {
        const reader = request.body.getReader()
        const { value } = await reader.read()
        return new Response('some ' + (value.length > 0))
      }
      if (pathname === '/canceled') {
        await request.body.cancel()
        return new Response('canceled')
      }
      if (pathname === '/thrown') throw new Error('no')
      return new Response('none')
    } }`,
  )
  const large = 'x'.repeat(1024 * 1024)
  await using client = await server.connect()
  for (const [path, answer] of [
    ['/none', 'none'],
    ['/some', 'some true'],
    ['/canceled', 'canceled'],
    ['/thrown', undefined],
  ] as const) {
    for (const body of ['small', large]) {
      client.send(post('hello', path, body))
      const whole = await client.response()
      if (answer === undefined) assert.equal(whole.status, 500)
      else assert.equal(whole.body, answer)
      const head = `POST ${path} HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n`
      client.send(head + chunk(body) + chunk(body) + chunk(''))
      assert.equal((await client.response()).status, whole.status)
    }
  }
  client.send(request('hello'))
  assert.equal((await client.response()).body, 'none')
})
