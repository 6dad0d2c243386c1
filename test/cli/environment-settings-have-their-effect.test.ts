// The names of the founding designs, each judged by what it does to a server.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually, request, type Serve, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

interface Pool {
  readonly total: number
  readonly cached: number
  readonly evictions: number
  readonly entries: readonly {
    readonly worker: string
    readonly heap_bytes: number
    readonly running: number
    readonly queue_depth: number
  }[]
}

async function pool(serve: Serve): Promise<Pool> {
  return (await request(serve.adminPort, '/admin/pool')).json() as Pool
}

const HELLO = { 'a.ts': 'export default { fetch: () => new Response("a") }' }

const KEEPS = `
const kept = []
const id = crypto.randomUUID()
export default {
  async fetch(request) {
    const megabytes = Number(new URL(request.url).searchParams.get('mb'))
    for (let i = 0; i < megabytes; i += 1) kept.push(Array.from({ length: 131072 }, (_, n) => n + 0.5))
    return new Response(id)
  },
}`

/** Garbage alone; what an instance keeps is nothing. */
const LITTERS = KEEPS.replace('kept.push', 'void')

/** They come to a host another way than to a runtime in the command's own process. */
const PLACES = [
  ['in one process', 0],
  ['in a host', 1],
] as const

for (const [where, hosts] of PLACES) {
  test(`ISOLATE_POOL_SIZE: no more instances than that, the least recently used goes, ${where}`, async () => {
    using dir = tmpDir({ ...HELLO, 'b.ts': HELLO['a.ts'], 'c.ts': HELLO['a.ts'] })
    // Half of the places are for the probation host, where there is one.
    const size = hosts === 0 ? 2 : 4
    await using serve = await startServe(['a.ts', 'b.ts', 'c.ts'], {
      cwd: dir.path,
      hosts,
      env: { ISOLATE_POOL_SIZE: String(size) },
    })
    for (const worker of ['a', 'b', 'c', 'b', 'a']) assert.equal((await serve.get(worker)).status, 200)
    const { total, cached, evictions, entries } = await pool(serve)
    assert.equal(total, size)
    assert.equal(cached, 2)
    assert.ok(evictions >= 2)
    assert.deepEqual(entries.map(({ worker }) => worker).toSorted(), ['a', 'b'])
  })

  test(`ISOLATE_HEAP_MAX_MB: a worker that needs more is stopped, ${where}`, async () => {
    using dir = tmpDir({ 'keeps.js': KEEPS })
    const args = ['keeps.js', '--cpu-ms', '5000']
    await using small = await startServe(args, { cwd: dir.path, hosts, env: { ISOLATE_HEAP_MAX_MB: '16' } })
    await using large = await startServe(args, { cwd: dir.path, hosts, env: { ISOLATE_HEAP_MAX_MB: '128' } })
    const refused = await small.get('keeps', '/?mb=40')
    assert.equal(refused.status, 503)
    assert.match(refused.text, /MEMORY_LIMIT.*16 MiB/)
    assert.equal((await large.get('keeps', '/?mb=40')).status, 200)
  })

  test(`WORKER_TASK_QUEUE_SIZE: who comes after the last place is refused at once, ${where}`, async () => {
    using dir = tmpDir({
      'slow.ts':
        'export default { async fetch() { await new Promise((r) => setTimeout(r, 300)); return new Response("ok") } }',
    })
    const env = { WORKER_TASK_QUEUE_SIZE: '2', ISOPOD_MODE: 'pool' }
    await using serve = await startServe(['slow.ts'], { cwd: dir.path, hosts, env })
    const answers = await Promise.all(Array.from({ length: 6 }, () => serve.get('slow')))
    const refused = answers.filter(({ status }) => status === 503)
    assert.equal(answers.filter(({ status }) => status === 200).length, 3)
    assert.equal(refused.length, 3)
    for (const { headers, text } of refused) {
      assert.equal(headers['retry-after'], '1')
      assert.match(text, /QUEUE_FULL/)
    }
  })

  test(`WORKER_RESTART_MEMORY_THRESHOLD_MB: an instance above it is replaced, and nobody is refused, ${where}`, async () => {
    using dir = tmpDir({ 'keeps.js': KEEPS })
    const args = ['keeps.js', '--heap-mb', '128', '--cpu-ms', '5000']
    await using serve = await startServe(args, {
      cwd: dir.path,
      hosts,
      env: { WORKER_RESTART_MEMORY_THRESHOLD_MB: '20' },
    })
    const { text: first } = await serve.get('keeps')
    // The heap is measured now and then, not with every task.
    const { text: second } = await eventually(
      () => serve.get('keeps', '/?mb=6'),
      ({ status, text }) => {
        assert.equal(status, 200)
        return text !== first
      },
    )
    assert.notEqual(second, first)
  })

  test(`WORKER_HEALTH_CHECK_INTERVAL_MS: garbage of an idle instance is collected that often, ${where}`, async () => {
    using dir = tmpDir({ 'litters.js': LITTERS })
    const env = { WORKER_HEALTH_CHECK_INTERVAL_MS: '500' }
    await using serve = await startServe(['litters.js', '--heap-mb', '128', '--cpu-ms', '5000'], {
      cwd: dir.path,
      hosts,
      env,
    })
    const heapMb = async (): Promise<number> => ((await pool(serve)).entries[0]?.heap_bytes ?? 0) / 1024 / 1024
    await eventually(
      async () => {
        await serve.get('litters', '/?mb=8')
        return heapMb()
      },
      (mb) => mb > 8,
    )
    // No task comes any more; only the check changes the figure.
    assert.ok((await eventually(heapMb, (mb) => mb > 0 && mb < 5)) < 5)
  })
}

test('ISOLATE_HEAP_INITIAL_MB: accepted, with a warning that it has no effect', async () => {
  using dir = tmpDir(HELLO)
  await using serve = await startServe(['a.ts'], { cwd: dir.path, hosts: 0, env: { ISOLATE_HEAP_INITIAL_MB: '10' } })
  assert.equal((await serve.get('a')).status, 200)
  assert.equal(
    serve.output().stderr,
    'ISOLATE_HEAP_INITIAL_MB has no effect: V8 sizes the heap of an isolate by its use.\n',
  )
})

for (const [size, instances] of [
  ['1', 1],
  ['2', 2],
] as const) {
  test(`PERSISTENT_WORKER_POOL_SIZE=${size}: so many instances share the tasks of a worker that has more than one may have`, async () => {
    using dir = tmpDir({
      'waits.ts':
        'export default { async fetch() { await new Promise((r) => setTimeout(r, 25_000)); return new Response("ok") } }',
    })
    const env = { PERSISTENT_WORKER_POOL_SIZE: size }
    await using serve = await startServe(['waits.ts'], { cwd: dir.path, hosts: 1, env })
    // One instance has a thousand tasks at once.
    const sockets = Array.from({ length: 1010 }, () => {
      const socket = connect(serve.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write('GET / HTTP/1.1\r\nHost: waits.localhost\r\n\r\n')
      return socket
    })
    const { entries } = await eventually(
      () => pool(serve),
      (seen) => seen.entries.reduce((sum, { queue_depth, running }) => sum + running + queue_depth, 0) >= 1010,
    )
    assert.equal(entries.length, instances)
    for (const socket of sockets) socket.destroy()
  })
}

test('a flag wins over the environment', async () => {
  using dir = tmpDir(HELLO)
  await using serve = await startServe(['a.ts', '--pool-size', '5'], {
    cwd: dir.path,
    hosts: 0,
    env: { ISOLATE_POOL_SIZE: '3' },
  })
  assert.equal((await pool(serve)).total, 5)
})
