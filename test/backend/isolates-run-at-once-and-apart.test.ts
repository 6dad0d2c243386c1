import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startIsolateBackend } from '../support/isolate-backend.ts'

test('many at once, each with its own code and input', async () => {
  await using stage = startIsolateBackend({ concurrency: 8 })
  // The first ones wait for the host together.
  for (let round = 0; round < 3; round++) {
    const outputs = await Promise.all(
      Array.from({ length: 8 }, (_, number) => stage.run(`[${number}, input]`, { input: round * 10 + number })),
    )
    assert.deepEqual(
      outputs.map(({ output }) => output),
      outputs.map((_, number) => `[${number},${round * 10 + number}]`),
    )
  }
})

test('one more than may is refused', async () => {
  await using stage = startIsolateBackend({ concurrency: 1 })
  const canceled = new AbortController()
  const running = stage.run('await new Promise(() => {})', { signal: canceled.signal })
  const refused = await stage.run('1')
  assert.deepEqual([refused.outcome, refused.error?.code], ['loadShed', 'QUEUE_FULL'])
  canceled.abort()
  assert.equal((await running).outcome, 'canceled')
})
