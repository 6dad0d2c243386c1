import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDeno } from '../../src/backend/deno/deno-binary.ts'
import { startExecute } from '../support/execute.ts'

test('code without needs runs in an isolate', async () => {
  await using stage = await startExecute()
  const { backend, reason } = await stage.client.execute({ code: '1 + 1', backend: 'auto' })
  assert.equal(backend, 'isolate')
  assert.match(reason, /isolates/)
})

test('code that uses Deno runs there, or is told what to install', async () => {
  await using stage = await startExecute()
  const run = stage.client.execute({ code: 'Deno.version.deno' })
  if (findDeno() === undefined) return assert.rejects(run, /npm install deno/)
  const { backend, output, reason } = await run
  assert.deepEqual([backend, typeof output], ['deno', 'string'])
  assert.match(reason, /Deno/)
})

test('code that nothing runs is refused', async () => {
  await using stage = await startExecute()
  await assert.rejects(stage.client.execute({ code: 'require("fs")' }), { code: 'INVALID_PROGRAM' })
})
