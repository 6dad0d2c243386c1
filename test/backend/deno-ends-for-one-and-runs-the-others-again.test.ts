import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DenoBackend } from '../../src/backend/deno/deno-backend.ts'
import { findDeno } from '../../src/backend/deno/deno-binary.ts'
import { run } from '../support/backends.ts'

const skip = findDeno() === undefined ? 'Deno is not installed' : false
const HEAP = 'export default () => { const kept = []; for (;;) kept.push(new Array(1000).fill(Math.random())) }'
const WAITS = 'export default (ms) => new Promise((done) => setTimeout(done, ms, ms))'
const SPEAKS = `export default () => { console.log('here'); return new Promise((done) => setTimeout(done, 60_000)) }`

test(
  'the heap of one ends its process: it is named, who had said nothing runs again, who had is told',
  { skip },
  async () => {
    await using backend = new DenoBackend({ concurrency: 4 })
    const heard = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const silent = run(backend, WAITS, { input: 1_000, started: () => started.resolve() })
    const spoken = run(backend, SPEAKS, { log: () => heard.resolve() })
    await Promise.all([started.promise, heard.promise])
    const culprit = run(backend, HEAP)

    assert.deepEqual((await culprit).outcome, 'exceededMemory')
    assert.deepEqual([(await silent).outcome, (await silent).output], ['ok', '1000'])
    assert.deepEqual([(await spoken).outcome, (await spoken).error?.code], ['recycled', 'RECYCLED'])
  },
)

test('a process is replaced after as many runs as it may have', { skip }, async () => {
  await using backend = new DenoBackend({ concurrency: 1, runsPerProcess: 2 })
  const ids = new Set<number>()
  for (let i = 0; i < 4; i++) {
    assert.equal((await run(backend, 'export default () => Deno.pid')).outcome, 'ok')
    ids.add(Number((await run(backend, 'export default () => Deno.pid')).output))
  }
  assert.equal(ids.size, 4)
})

test('runs of one key keep their worker, and others get none of it', { skip }, async () => {
  await using backend = new DenoBackend({ concurrency: 2 })
  const counts = 'let count = 0; export default () => { count += 1; return count }'
  const warm = async (warmKey: string): Promise<string | undefined> => (await run(backend, counts, { warmKey })).output
  assert.deepEqual([await warm('a'), await warm('a'), await warm('b'), await warm('a')], ['1', '2', '1', '3'])
  assert.equal((await run(backend, counts)).output, '1')
})

test('a worker that V8 does not stop takes its process along', { skip, timeout: 60_000 }, async () => {
  await using backend = new DenoBackend({ concurrency: 2 })
  const processId = async (): Promise<string | undefined> =>
    (await run(backend, 'export default () => Deno.pid')).output
  const before = await processId()
  assert.equal(await processId(), before)
  const endless = 'export default () => /^(a+)+$/.test("a".repeat(40) + "b")'
  assert.equal((await run(backend, endless, { timeoutMs: 300 })).outcome, 'exceededWallTime')
  while ((await processId()) === before);
})
