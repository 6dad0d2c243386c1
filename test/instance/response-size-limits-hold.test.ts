import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { startOrigin } from '../support/origin.ts'
import { readText, startRuntime, type TestRuntime } from '../support/runtime.ts'
import type { TaskResult } from '../../src/task.ts'

const LIMITS = { responseBodyBytes: 1000, responseHeaderBytes: 200, cpuMs: 5000 }

async function nothingLeft(t: TestRuntime): Promise<void> {
  await eventually([0, 0, 'open'], async () => {
    const [entry] = t.runtime.stats().entries
    return [entry?.running, entry?.openOps, entry?.state]
  })
}

function dispatch(t: TestRuntime): Promise<TaskResult> {
  const request = { method: 'GET', url: 'http://w.localhost/', headers: [] }
  return t.runtime.dispatch('w', { type: 'fetch', request })
}

for (const [what, body, size] of [
  ['text', '"x".repeat(1001)', 1001],
  ['text of few characters and many bytes', '"\u20ac".repeat(334)', 1002],
  ['bytes', 'new Uint8Array(1001)', 1001],
] as const) {
  test(`of a whole body: ${what}`, async () => {
    await using t = startRuntime()
    await t.load('w', `export default { fetch: () => new Response(${body}) }`, { limits: LIMITS })
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exception', 'RESPONSE_TOO_LARGE'])
    assert.equal(
      error?.message,
      `Response limit: the body has ${size} bytes of the 1000 it may have. Send less, or raise the limit "responseBodyBytes".`,
    )
    await nothingLeft(t)
  })
}

test('of a streamed body: it breaks off, and the worker stops', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    'export default { fetch: () => new Response(new ReadableStream({ async pull(c) { await new Promise((r) => setTimeout(r)); c.enqueue(new Uint8Array(100)) }, cancel() { console.log("canceled") } })) }',
    { limits: LIMITS },
  )
  const { outcome, body } = await dispatch(t)
  assert.equal(outcome, 'ok')
  await assert.rejects(
    readText(body),
    /more than the 1000 bytes it may have\. Send less, or raise the limit "responseBodyBytes"/,
  )
  await nothingLeft(t)
  const [record] = t.records
  assert.deepEqual([record?.outcome, record?.error?.code], ['exception', 'RESPONSE_TOO_LARGE'])
  assert.deepEqual(
    record?.logs.map(({ message }) => message),
    ['canceled'],
  )
  assert.ok((record?.usage.cpuUs ?? 0) < 1_000_000)
})

test('of a streamed body that is too large before its head is out: an error', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    'export default { fetch: () => new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(100)) } })) }',
    {
      limits: LIMITS,
    },
  )
  const { outcome, error, response } = await dispatch(t)
  assert.deepEqual([outcome, error?.code, response], ['exception', 'RESPONSE_TOO_LARGE', undefined])
  await nothingLeft(t)
})

test('of a body that is passed on', async () => {
  await using origin = await startOrigin((_request, response) => void response.end('x'.repeat(1001)))
  await using t = startRuntime({ network: { allow: ['127.0.0.1/32'] } })
  await t.load('w', `export default { fetch: () => fetch('${origin.url}') }`, { limits: LIMITS })
  const { body } = await dispatch(t)
  await assert.rejects(readText(body), /more than the 1000 bytes it may have/)
  await nothingLeft(t)
  assert.deepEqual([t.records[0]?.outcome, t.records[0]?.error?.code], ['exception', 'RESPONSE_TOO_LARGE'])
})

for (const [what, body] of [
  ['nothing', 'null'],
  ['text', '"text"'],
  [
    'a stream without end',
    'new ReadableStream({ async pull(c) { await new Promise((r) => setTimeout(r)); c.enqueue(new Uint8Array(10)) } })',
  ],
]) {
  test(`of headers, with ${what} for a body`, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `export default { fetch: () => new Response(${body}, { headers: { 'x-long': 'x'.repeat(200) } }) }`,
      {
        limits: LIMITS,
      },
    )
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exception', 'RESPONSE_TOO_LARGE'])
    assert.match(
      error?.message ?? '',
      /^Response header limit: the headers have 2\d\d bytes of the 200 they may have\. .* raise the limit "responseHeaderBytes"\.$/,
    )
    await nothingLeft(t)
  })
}

test('a body that is passed on for long outlives the time for waitUntil()', async () => {
  let chunks = 0
  await using origin = await startOrigin((_request, response) => {
    const timer = setInterval(() => {
      chunks += 1
      if (chunks <= 10) return void response.write('x')
      clearInterval(timer)
      response.end()
    }, 5)
  })
  await using t = startRuntime({ network: { allow: ['127.0.0.1/32'] } })
  await t.load('w', `export default { fetch: () => fetch('${origin.url}') }`, { limits: { waitUntilMs: 20 } })
  assert.equal((await t.fetch('w')).text, 'x'.repeat(10))
  await nothingLeft(t)
  const [record] = t.records
  assert.deepEqual([record?.outcome, record?.logs, record?.usage.bytesOut], ['ok', [], 10])
})
