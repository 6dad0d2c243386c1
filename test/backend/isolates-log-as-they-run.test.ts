import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startIsolateBackend } from '../support/isolate-backend.ts'

test('a line is heard while its run waits for more', async () => {
  await using stage = startIsolateBackend()
  const canceled = new AbortController()
  const heard: string[] = []
  const result = await stage.run('console.log("first"); await new Promise(() => {})', {
    signal: canceled.signal,
    log: ({ message }) => {
      heard.push(message)
      canceled.abort()
    },
  })
  assert.equal(result.outcome, 'canceled')
  assert.deepEqual(heard, ['first'])
})

test('every line is heard once, in order, by the time of the result', async () => {
  await using stage = startIsolateBackend()
  const heard: string[] = []
  const { logs } = await stage.run('for (let line = 0; line < 50; line++) console.log(line)', {
    log: ({ message }) => void heard.push(message),
  })
  const expected = Array.from({ length: 50 }, (_, line) => String(line))
  assert.deepEqual(heard, expected)
  assert.deepEqual(
    logs.map(({ message }) => message),
    expected,
  )
})
