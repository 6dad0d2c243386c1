import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

const NETWORK = { allow: ['127.0.0.1/32'] }

test('subrequests, redirects included', async () => {
  await using origin = await startOrigin((request, response) => {
    const hops = Number(request.url?.slice(1))
    if (hops > 0) response.writeHead(302, { location: `/${hops - 1}` })
    response.end('there')
  })
  await using t = startRuntime({ network: NETWORK })
  await t.load(
    'w',
    `export default { async fetch(request, env) {
      const all = []
      for (const hops of new URL(request.url).searchParams.getAll('hops')) {
        try { all.push(await (await fetch(env.origin + '/' + hops)).text()) } catch (error) { all.push(error.name + ': ' + error.message) }
      }
      return Response.json(all)
    } }`,
    { env: { origin: origin.url }, limits: { subrequests: 4 } },
  )
  const limit =
    'Error: Subrequest limit: the task has made 4 of the 4 subrequests it may make, redirects included. Make fewer, or raise the limit "subrequests".'
  const inTurn = await t.fetch('w', '/?hops=0&hops=0&hops=0&hops=0&hops=0')
  assert.deepEqual(JSON.parse(inTurn.text), ['there', 'there', 'there', 'there', limit])
  assert.equal(inTurn.usage.subrequests, 4)
  assert.deepEqual(JSON.parse((await t.fetch('w', '/?hops=3')).text), ['there'])
  assert.deepEqual(JSON.parse((await t.fetch('w', '/?hops=4&hops=0')).text), [limit, limit])
})

test('operations under way at once', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async fetch(request) {
      const wait = (n) => Promise.all(Array.from({ length: n }, () => new Promise((resolve) => setTimeout(resolve, 1))))
      await wait(5)
      await wait(5)
      try { await wait(6) } catch (error) { return new Response(error.name + ': ' + error.message) }
    } }`,
    { limits: { concurrentOps: 5 } },
  )
  const [one, other] = await Promise.all([t.fetch('w'), t.fetch('w')])
  for (const { text } of [one, other]) {
    assert.equal(
      text,
      'Error: Operation limit: the task has 5 operations under way, as many as it may. Wait for some before starting more, or raise the limit "concurrentOps".',
    )
  }
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
})

test('console output: the rest is dropped, and a line says so', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    'export default { fetch() { for (let i = 0; i < 1000; i++) console.log("line " + i); return new Response("fine") } }',
    { limits: { logBytes: 100 } },
  )
  const { logs, text } = await t.fetch('w')
  assert.equal(text, 'fine')
  assert.deepEqual(
    logs.map(({ level, message }) => `${level} ${message}`),
    [
      ...Array.from({ length: 7 }, (_, i) => `log line ${i}`),
      'warn Log limit: only the first 100 bytes of a task\'s console output are kept. Log less, or raise the limit "logBytes".',
    ],
  )
  assert.equal((await t.fetch('w')).logs.length, 8)
})
