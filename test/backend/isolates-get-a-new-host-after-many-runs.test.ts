import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startIsolateBackend } from '../support/isolate-backend.ts'

test('once nothing runs, and what was kept warm begins again', async () => {
  await using stage = startIsolateBackend({ runsOfHost: 2 })
  const outputs: unknown[] = []
  for (let run = 0; run < 4; run++) {
    const code = 'globalThis.runs = (globalThis.runs ?? 0) + 1'
    outputs.push((await stage.run(code, { mode: 'persistent', warmKey: 'a' })).output)
  }
  assert.deepEqual(outputs, ['1', '2', '1', '2'])
  assert.deepEqual([stage.backend.health().state, stage.backend.health().restarts], ['running', 0])
})
