import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const FILES = {
  'a.ts': 'export default { fetch: () => new Response("a") }',
  'b.ts': 'export default { fetch: () => new Response("b") }',
}

test('GET /admin/pool: the figures of the founding designs, and each instance', async () => {
  using dir = tmpDir(FILES)
  await using serve = await startServe(['a.ts', 'b.ts', '--pool-size', '7'], { cwd: dir.path, hosts: 0 })
  for (const worker of ['a', 'a', 'a', 'b']) await serve.get(worker)
  const { status, headers, json } = await request(serve.adminPort, '/admin/pool')
  assert.equal(status, 200)
  assert.match(headers['content-type'] ?? '', /^application\/json/)
  const { entries, reserve, ...figures } = json() as { entries: Record<string, unknown>[]; reserve: number }
  assert.deepEqual(figures, {
    total: 7,
    cached: 2,
    capacity: 5,
    hit_rate: 1,
    hits: 4,
    misses: 0,
    evictions: 0,
    waiting: 0,
  })
  assert.ok(Number.isInteger(reserve) && reserve <= 2)
  const byWorker = entries.toSorted((a, b) => String(a['worker']).localeCompare(String(b['worker'])))
  const [a, b] = byWorker.map(({ age_ms: ageMs, heap_bytes: heapBytes, version, ...rest }) => {
    assert.ok(Number.isInteger(ageMs) && Number.isInteger(heapBytes) && typeof version === 'string')
    return rest
  })
  const idle = {
    tenant: 'default',
    mode: 'persistent',
    state: 'open',
    running: 0,
    queue_depth: 0,
    open_ops: 0,
    sockets: 0,
  }
  assert.deepEqual(a, { ...idle, worker: 'a', tasks_served: 3 })
  assert.deepEqual(b, { ...idle, worker: 'b', tasks_served: 1 })
})

test('it answers to this machine by name, and to no web page', async () => {
  using dir = tmpDir(FILES)
  await using serve = await startServe(['a.ts'], { cwd: dir.path })
  const { adminPort } = serve
  const ask = async (host: string, headers: Record<string, string> = {}): Promise<number> =>
    (await request(adminPort, '/admin/pool', { host, headers })).status
  const own = `127.0.0.1:${adminPort}`
  assert.equal(await ask(own), 200)
  assert.equal(await ask(`localhost:${adminPort}`), 200)
  assert.equal(await ask(`[::1]:${adminPort}`), 200)
  assert.equal(await ask(own, { origin: `http://${own}` }), 200)
  // What a page whose name was bound to 127.0.0.1 would send, and what a page on a worker would.
  for (const host of [
    'evil.example',
    `evil.example:${adminPort}`,
    `localhost.evil.example:${adminPort}`,
    `a.localhost:${adminPort}`,
    '127.0.0.2',
  ]) {
    assert.equal(await ask(host), 403, host)
  }
  for (const origin of [
    'http://evil.example',
    'null',
    `http://a.localhost:${serve.port}`,
    `http://127.0.0.1:${serve.port}`,
    `https://${own}`,
  ]) {
    assert.equal(await ask(own, { origin }), 403, origin)
  }
})

test('other pages are 404 in JSON, and a stranger does not learn even that', async () => {
  using dir = tmpDir(FILES)
  await using serve = await startServe(['a.ts'], { cwd: dir.path })
  const { status, json } = await request(serve.adminPort, '/nothing')
  assert.equal(status, 404)
  assert.deepEqual(json(), { error: { code: 'NOT_FOUND', message: 'There is no such page.' } })
  assert.equal((await request(serve.adminPort, '/nothing', { host: 'evil.example' })).status, 403)
  assert.equal(
    (await request(serve.adminPort, '/admin/pool', { method: 'POST', body: '{}', headers: JSON_TYPE })).status,
    404,
  )
  // No page can send JSON to another origin unasked.
  assert.equal((await request(serve.adminPort, '/api/reload', { method: 'POST', body: '{}' })).status, 415)
})
