import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DENO_MISSING } from '../../src/backend/deno/deno-binary.ts'
import { DenoBackend } from '../../src/backend/deno/deno-backend.ts'
import { run } from '../support/backends.ts'

test('a backend whose binary is missing, or does not start, says so and runs nothing', async () => {
  await using backend = new DenoBackend({ concurrency: 1, binary: '/nowhere/deno' })
  const result = await run(backend, 'export default () => 1')
  assert.deepEqual([result.outcome, result.error?.code], ['hostLost', 'HOST_FAILED'])
  const { problem, state } = backend.health()
  assert.equal(state, 'failed')
  assert.match(problem ?? '', /\/nowhere\/deno/)
  assert.match(DENO_MISSING, /npm install deno/)
})
