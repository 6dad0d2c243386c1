import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startIsolateBackend } from '../support/isolate-backend.ts'

test(
  'a heap that grows past all bounds is a memory limit, and its neighbour runs again',
  { timeout: 60_000 },
  async () => {
    await using stage = startIsolateBackend()
    await stage.run('1')
    const [hog, neighbour] = await Promise.all([
      stage.run('const all = []; for (;;) all.push(new Array(1000).fill(1))', { timeoutMs: 20_000 }),
      stage.run('await new Promise((resolve) => setTimeout(resolve, 200)); "neighbour"', { timeoutMs: 60_000 }),
    ])
    assert.deepEqual([hog.outcome, hog.error?.code], ['exceededMemory', 'MEMORY_LIMIT'])
    assert.equal(neighbour.output, '"neighbour"')
    assert.equal((await stage.run('2')).output, '2')
  },
)
