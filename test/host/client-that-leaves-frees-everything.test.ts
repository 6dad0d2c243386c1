import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { chunk, request, startServer, type TestServer } from '../support/http.ts'
import { startOrigin } from '../support/origin.ts'

const NETWORK = { allow: ['127.0.0.1/32'] }

/** The record of the one task that did not end well. */
async function canceled(server: TestServer): Promise<void> {
  await eventually(['canceled TASK_CANCELED'], async () => {
    return server.records.flatMap(({ outcome, error }) => (outcome === 'ok' ? [] : [`${outcome} ${error?.code}`]))
  })
}

async function nothingLeft(server: TestServer): Promise<void> {
  await eventually(true, async () =>
    server.runtime
      .stats()
      .entries.every((entry) => entry.running === 0 && entry.queueDepth === 0 && entry.openOps === 0),
  )
}

/** Answers `/seen` with what the worker was told. */
const SEEN = `const seen = []
  const watch = (request) => request.signal.addEventListener('abort', () => seen.push(request.signal.reason.name))
  const isSeen = (request) => request.url.endsWith('/seen')
  const answer = () => new Response(seen.join())`

test('while the handler runs, with timers and a fetch under way', async () => {
  await using server = await startServer({ network: NETWORK })
  await using origin = await startOrigin(() => undefined)
  await server.load(
    'hello',
    `${SEEN}
    export default { async fetch(request, env) {
      if (isSeen(request)) return answer()
      watch(request)
      setInterval(() => {}, 5)
      setTimeout(() => {}, 60_000)
      await fetch(env.origin, { signal: request.signal })
    } }`,
    { env: { origin: origin.url } },
  )
  await using client = await server.connect()
  client.send(request('hello'))
  await eventually(1, async () => origin.connections())
  client.leave()
  await eventually('AbortError', async () => (await server.get('hello', '/seen')).body)
  await canceled(server)
  await nothingLeft(server)
  await origin.allClosed()
})

test('although the worker ignores the signal', async () => {
  await using server = await startServer({ network: NETWORK, limits: { waitUntilMs: 50 } })
  await using origin = await startOrigin(() => undefined)
  await server.load('hello', 'export default { fetch: (request, env) => fetch(env.origin) }', {
    env: { origin: origin.url },
  })
  await using client = await server.connect()
  client.send(request('hello'))
  await eventually(1, async () => origin.connections())
  client.leave()
  await canceled(server)
  await nothingLeft(server)
  await origin.allClosed()
})

test('while its request waits in the queue', async () => {
  await using server = await startServer({ persistentTasksAtOnce: 1, persistentReplicas: 1 })
  await server.load(
    'hello',
    `let count = 0
    export default { async fetch(request) { count += 1; return new Response(count + await request.text()) } }`,
  )
  const queueDepth = async (): Promise<number> => server.runtime.stats().entries[0]?.queueDepth ?? -1
  await using first = await server.connect()
  first.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
  await eventually(1, async () => server.runtime.stats().entries[0]?.running ?? 0)
  await using second = await server.connect()
  second.send(request('hello'))
  await eventually(1, queueDepth)
  await using third = await server.connect()
  third.send(request('hello'))
  await eventually(2, queueDepth)
  second.leave()
  await eventually(1, queueDepth)
  await canceled(server)
  first.send(chunk(' body') + chunk(''))
  assert.equal((await first.response()).body, '1 body')
  assert.equal((await third.response()).body, '2')
  await nothingLeft(server)
})

test('while its body is on the way', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `${SEEN}
    export default { async fetch(request) {
      if (isSeen(request)) return answer()
      watch(request)
      try { await request.text() } catch (error) { seen.push(error.name) }
      return new Response('nobody reads this')
    } }`,
  )
  await using client = await server.connect()
  client.send(`POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('begun')}`)
  await eventually(1, async () => server.runtime.stats().entries[0]?.running ?? 0)
  client.leave()
  await eventually(['AbortError', 'AbortError'], async () =>
    (await server.get('hello', '/seen')).body.split(',').toSorted(),
  )
  await canceled(server)
  await nothingLeft(server)
})

for (const [what, source] of Object.entries({
  'a stream that waits for its next event': '{ cancel(reason) { seen.push("cancel " + reason.name) } }',
  'a stream that writes as fast as it may':
    '{ pull(c) { c.enqueue(new Uint8Array(65536)) }, cancel(reason) { seen.push("cancel " + reason.name) } }',
  'a stream that writes now and then':
    '{ start(c) { setInterval(() => c.enqueue(new Uint8Array(1)), 1) }, cancel(reason) { seen.push("cancel " + reason.name) } }',
})) {
  test(`while it is answered by ${what}`, async () => {
    await using server = await startServer()
    await server.load(
      'hello',
      `${SEEN}
      export default { fetch(request) {
        if (isSeen(request)) return answer()
        watch(request)
        return new Response(new ReadableStream(${source}))
      } }`,
      { limits: { cpuMs: 5000 } },
    )
    await using client = await server.connect()
    client.send(request('hello'))
    await client.head()
    client.leave()
    await eventually('AbortError,cancel TypeError', async () => (await server.get('hello', '/seen')).body)
    await canceled(server)
    await nothingLeft(server)
  })
}

test('while a body that no worker touches passes through', async () => {
  await using server = await startServer({ network: NETWORK })
  await using origin = await startOrigin((_request, response) => void response.write('begun'))
  await server.load('proxy', 'export default { fetch: (request, env) => fetch(env.origin) }', {
    env: { origin: origin.url },
  })
  await using client = await server.connect()
  client.send(request('proxy'))
  await client.head()
  assert.equal(await client.chunk(), 'begun')
  client.leave()
  await canceled(server)
  await nothingLeft(server)
  await origin.allClosed()
})

test('and its waitUntil() goes on', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `export default { async fetch(request, env, ctx) {
      const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve))
      ctx.waitUntil(aborted.then(() => new Promise((resolve) => setTimeout(resolve, 5))).then(() => console.log('done')))
      await aborted
      return new Response('nobody reads this')
    } }`,
  )
  await using client = await server.connect()
  client.send(request('hello'))
  await eventually(1, async () => server.runtime.stats().entries[0]?.running ?? 0)
  client.leave()
  await eventually(1, async () => server.records.length)
  assert.deepEqual(
    server.records[0]?.logs.map(({ message }) => message),
    ['done'],
  )
})
