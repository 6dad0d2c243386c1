import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { startServer } from '../support/http.ts'
import type { Limits } from '../../src/limits.ts'

const CASES: readonly {
  readonly outcome: string
  readonly status: number
  readonly code: string
  readonly script: string
  readonly limits?: Partial<Limits>
}[] = [
  {
    outcome: 'exception',
    status: 500,
    code: 'WORKER_EXCEPTION',
    script: 'export default { fetch() { throw new Error("secret detail") } }',
  },
  {
    outcome: 'exception',
    status: 500,
    code: 'NOT_A_RESPONSE',
    script: 'export default { fetch: () => "secret detail" }',
  },
  { outcome: 'exception', status: 500, code: 'NO_HANDLER', script: 'export default { scheduled() {} }' },
  { outcome: 'loadFailed', status: 500, code: 'LOAD_FAILED', script: 'throw new Error("secret detail")' },
  { outcome: 'loadFailed', status: 500, code: 'NO_HANDLER', script: 'export default {}' },
  {
    outcome: 'exceededCpu',
    status: 503,
    code: 'CPU_LIMIT',
    script: 'export default { fetch() { for (;;); } }',
    limits: { cpuMs: 20 },
  },
  { outcome: 'exceededCpu', status: 503, code: 'CPU_LIMIT', script: 'for (;;);', limits: { startupCpuMs: 20 } },
  {
    outcome: 'exceededWallTime',
    status: 504,
    code: 'WALL_TIME_LIMIT',
    script: 'export default { fetch: () => new Promise(() => {}) }',
    limits: { wallMs: 20 },
  },
  {
    outcome: 'exceededMemory',
    status: 503,
    code: 'MEMORY_LIMIT',
    script: 'export default { fetch() { const all = []; for (;;) all.push({ a: [1, 2, 3] }) } }',
    limits: { cpuMs: 5000, heapMb: 16 },
  },
]

for (const { outcome, status, code, script, limits } of CASES) {
  test(`${outcome}, ${code}: ${status}`, async () => {
    await using server = await startServer()
    await server.runtime.load(
      { worker: 'hello', bundle: bundleSource(script), ...(limits === undefined ? {} : { limits }) },
      { start: 'on-demand' },
    )
    await server.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    const response = await server.get('hello')
    assert.equal(response.status, status)
    assert.deepEqual(response.all('content-type'), ['application/json; charset=utf-8'])
    assert.deepEqual(response.all('cache-control'), ['no-store'])
    const { error } = JSON.parse(response.body)
    assert.equal(error.code, code)
    assert.ok(!response.body.includes('secret'), 'what a worker throws is for its owner')
    assert.equal((await server.get('neighbour')).body, 'fine')
    const [record] = server.records
    assert.deepEqual([record?.outcome, record?.error?.code], [outcome, code])
  })
}

test('loadShed, QUEUE_FULL: 503 with Retry-After', async () => {
  await using server = await startServer({ persistentTasksAtOnce: 1, persistentReplicas: 1, taskQueueSize: 0 })
  await server.load('hello', 'export default { fetch: async (request) => new Response(await request.text()) }')
  await using first = await server.connect()
  first.send('POST / HTTP/1.1\r\nHost: hello.localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
  while (server.runtime.stats().entries[0]?.running !== 1) await new Promise((resolve) => setImmediate(resolve))
  const response = await server.get('hello')
  assert.equal(response.status, 503)
  assert.deepEqual(response.all('retry-after'), ['1'])
  assert.equal(JSON.parse(response.body).error.code, 'QUEUE_FULL')
  first.send('0\r\n\r\n')
  assert.equal((await first.response()).status, 200)
})
