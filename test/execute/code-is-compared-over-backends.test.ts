import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDeno } from '../../src/backend/deno/deno-binary.ts'
import { startExecute } from '../support/execute.ts'

const hasDeno = findDeno() !== undefined

test('each backend has its figures, output and errors, and nothing is remembered', async () => {
  await using stage = await startExecute()
  const { results } = await stage.client.compare({ code: 'input.a + 1', input: { a: 1 }, times: 2 })
  assert.deepEqual(
    results.map(({ backend }) => backend),
    ['isolate', 'deno'],
  )
  for (const { backend, cold, error, output, warm } of results) {
    if (backend === 'deno' && !hasDeno) {
      assert.deepEqual([cold, warm, error?.code], [null, null, 'HOST_FAILED'])
      continue
    }
    assert.deepEqual([output, error, cold?.samples_ms.length, warm?.samples_ms.length], [2, null, 2, 2])
    assert.ok(cold !== null && cold.min_ms > 0 && cold.min_ms <= cold.median_ms && cold.median_ms <= cold.max_ms)
  }
  assert.deepEqual((await stage.client.executions()).executions, [])
})

test('what fails has no figures, and says where', async () => {
  await using stage = await startExecute()
  const body = { code: '1;\n  null.a', backends: ['isolate'], times: 1 } as const
  const [failed] = (await stage.client.compare(body)).results
  assert.deepEqual([failed?.cold, failed?.warm, failed?.error?.line], [null, null, 2])
})

test('what may not be is refused with what may', async () => {
  await using stage = await startExecute()
  await assert.rejects(stage.client.compare({ code: '1', times: 101 }), /times.*1 to 100/)
  await assert.rejects(stage.client.compare({ code: '1', backends: ['microvm' as never] }), /isolate, deno/)
  await assert.rejects(stage.client.compare({ code: '1 +' }), { code: 'INVALID_PROGRAM' })
})
