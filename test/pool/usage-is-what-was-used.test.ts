import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'
import { startOrigin } from '../support/origin.ts'

inEveryMode(
  'bytes and subrequests are exact',
  async ({ load, fetch, records }) => {
    await using origin = await startOrigin((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: '/' })
      response.end('from the origin')
    })
    await load(
      'uses',
      `export default { async fetch(request) {
      const sent = await request.text()
      for (let i = 0; i < 3; i++) await (await fetch('${origin.url}/')).text()
      await (await fetch('${origin.url}/redirect')).text()
      await (await fetch('${origin.url}/', { method: 'POST', body: 'ä'.repeat(50) })).text()
      const stream = new ReadableStream({ start(c) { c.enqueue(new Uint8Array(11)); c.close() } })
      await (await fetch('${origin.url}/', { method: 'POST', body: stream, duplex: 'half' })).text()
      return new Response('ä'.repeat(sent.length))
    } }`,
    )
    const { outcome, error } = await fetch('uses', '/', { method: 'POST', body: 'ü'.repeat(1000) })
    assert.equal(outcome, 'ok', error?.message)
    const usage = records[0]?.usage
    assert.deepEqual(
      { in: usage?.bytesIn, out: usage?.bytesOut, sent: usage?.bytesSent, subrequests: usage?.subrequests },
      { in: 2000, out: 2000, sent: 111, subrequests: 7 },
    )
  },
  { network: { allow: ['127.0.0.1/32'] } },
)

inEveryMode('streamed bytes are counted as they go', async ({ load, fetch, records }) => {
  await load(
    'streams',
    `export default { fetch: (request) => request.url.endsWith('/pass') ? new Response(request.body) : new Response(
      new ReadableStream({ start(c) { c.enqueue(new Uint8Array(1500)); c.enqueue(new Uint8Array(500)); c.close() } })) }`,
  )
  await fetch('streams', '/make')
  await fetch('streams', '/pass', { method: 'POST', body: 'x'.repeat(700) })
  assert.deepEqual(
    records.map(({ usage }) => [usage.bytesIn, usage.bytesOut]),
    [
      [0, 2000],
      [700, 700],
    ],
  )
})

inEveryMode(
  'CPU time grows with the work, waiting costs none, and wall time holds both',
  async ({ load, runtime, records }) => {
    await load(
      'works',
      `export default async ({ rounds, waitMs }) => {
        let sum = 0
        for (let i = 0; i < rounds; i++) sum += Math.sqrt(i)
        if (waitMs) await new Promise((resolve) => setTimeout(resolve, waitMs))
        return sum
      }`,
    )
    for (const input of [{ rounds: 10 }, { rounds: 3_000_000 }, { rounds: 30_000_000 }, { rounds: 10, waitMs: 100 }]) {
      const { outcome, error } = await runtime.dispatch('works', { type: 'execute', input })
      assert.equal(outcome, 'ok', error?.message)
    }
    const [nothing, some, much, waits] = records.map(({ usage }) => usage)
    assert.ok(nothing && some && much && waits)
    assert.ok(nothing.cpuUs < some.cpuUs && some.cpuUs * 2 < much.cpuUs, `${nothing.cpuUs} ${some.cpuUs} ${much.cpuUs}`)
    assert.ok(waits.cpuUs < 50_000 && waits.wallMs > 90, `${waits.cpuUs} µs in ${waits.wallMs} ms`)
    for (const { cpuUs, wallMs, heapBytes } of [nothing, some, much, waits]) {
      assert.ok(cpuUs > 0 && cpuUs <= wallMs * 1000, `${cpuUs} µs in ${wallMs} ms`)
      assert.ok(heapBytes > 500_000 && heapBytes < 50_000_000, `${heapBytes} bytes`)
    }
  },
  { limits: { cpuMs: 5000 } },
)
