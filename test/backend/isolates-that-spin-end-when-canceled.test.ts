import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startIsolateBackend } from '../support/isolate-backend.ts'

test(
  'a loop is ended long before its limit, a neighbour runs again, and the next run works',
  { timeout: 60_000 },
  async () => {
    await using stage = startIsolateBackend()
    assert.equal((await stage.run('1')).output, '1')
    const canceled = new AbortController()
    const started = Promise.withResolvers<void>()
    const [spinning, neighbour] = await Promise.all([
      stage.run('for (;;);', { timeoutMs: 60_000, signal: canceled.signal, started: started.resolve }),
      stage.run('await new Promise((resolve) => setTimeout(resolve, 50)); "neighbour"', { timeoutMs: 60_000 }),
      started.promise.then(() => canceled.abort()),
    ])
    assert.deepEqual([spinning.outcome, spinning.error?.code], ['canceled', 'TASK_CANCELED'])
    assert.equal(neighbour.output, '"neighbour"')
    assert.equal((await stage.run('2')).output, '2')
    assert.equal(stage.backend.health().restarts, 1)
  },
)

test('one that waits is ended without its host', async () => {
  await using stage = startIsolateBackend()
  const canceled = new AbortController()
  const result = await stage.run('await new Promise(() => {})', {
    signal: canceled.signal,
    started: () => canceled.abort(),
  })
  assert.equal(result.outcome, 'canceled')
  assert.equal((await stage.run('2')).output, '2')
  assert.equal(stage.backend.health().restarts, 0)
})

test('one that was canceled before it began is none', async () => {
  await using stage = startIsolateBackend()
  assert.equal((await stage.run('1', { signal: AbortSignal.abort() })).outcome, 'canceled')
})
