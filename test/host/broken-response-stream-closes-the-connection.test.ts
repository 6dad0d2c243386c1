import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServer } from '../support/http.ts'

const WAYS = {
  error: `new ReadableStream({ pull(controller) { if (n++ < 1) controller.enqueue('begun'); else controller.error(new RangeError('midway')) } })`,
  throw: `new ReadableStream({ pull(controller) { if (n++ < 1) controller.enqueue('begun'); else throw new RangeError('midway') } })`,
  reject: `new ReadableStream({ async pull(controller) { if (n++ < 1) controller.enqueue('begun'); else { await null; throw new RangeError('midway') } } })`,
  chunk: `new ReadableStream({ pull(controller) { controller.enqueue(n++ < 1 ? 'begun' : { not: 'bytes' }) } })`,
}

for (const [way, stream] of Object.entries(WAYS)) {
  test(`after what was written before: ${way}`, async () => {
    await using server = await startServer()
    await server.load('hello', `export default { fetch() { let n = 0; return new Response(${stream}) } }`)
    await server.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    await using client = await server.connect()
    client.send(request('hello'))
    assert.equal((await client.head()).status, 200)
    assert.equal(await client.chunk(), 'begun')
    // No chunk of length 0: the client must not take it for complete.
    assert.equal(await client.rest(), '')
    await client.closed
    assert.equal((await server.get('neighbour')).body, 'fine')
    const [record] = server.records
    assert.equal(record?.outcome, 'exception')
    assert.match(record?.error?.message ?? '', way === 'chunk' ? /must yield Uint8Array/ : /midway/)
  })
}

test('also where nothing was written before', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    'export default { fetch: () => new Response(new ReadableStream({ start(controller) { controller.error(new Error("at once")) } })) }',
  )
  await using client = await server.connect()
  client.send(request('hello'))
  assert.ok(!(await client.rest()).includes('0\r\n\r\n'))
  await client.closed
  assert.equal(server.records[0]?.outcome, 'exception')
})
