import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type IsolateStage, startIsolateBackend } from '../support/isolate-backend.ts'
import type { Mode } from '../../src/version.ts'

const COUNT = 'globalThis.runs = (globalThis.runs ?? 0) + 1'

async function counts(
  stage: IsolateStage,
  options: { readonly mode?: Mode; readonly warmKey?: string },
): Promise<unknown[]> {
  const outputs: unknown[] = []
  for (let run = 0; run < 3; run++) outputs.push(JSON.parse((await stage.run(COUNT, options)).output ?? 'null'))
  return outputs
}

test('globals stay in mode persistent with a key, and nowhere else', async () => {
  await using stage = startIsolateBackend()
  assert.deepEqual(await counts(stage, { mode: 'persistent', warmKey: 'a' }), [1, 2, 3])
  assert.deepEqual(await counts(stage, { mode: 'persistent', warmKey: 'b' }), [1, 2, 3])
  assert.deepEqual(await counts(stage, { mode: 'persistent' }), [1, 1, 1])
  for (const mode of ['worker', 'shared', 'pool'] as const) {
    assert.deepEqual(await counts(stage, { mode, warmKey: 'c' }), [1, 1, 1], mode)
    assert.deepEqual(await counts(stage, { mode }), [1, 1, 1], mode)
  }
  assert.deepEqual(await counts(stage, {}), [1, 1, 1])
})

test('only the first run of a kept isolate says what making it took', async () => {
  await using stage = startIsolateBackend()
  const options = { mode: 'persistent', warmKey: 'a' } as const
  const first = await stage.run('1', options)
  const second = await stage.run('1', options)
  assert.ok(first.timings.createMs > 0 && first.timings.loadMs > 0)
  assert.deepEqual([second.timings.createMs, second.timings.loadMs], [0, 0])
  assert.ok(second.timings.runMs > 0 && second.isolate.heapBytes > 0)
})
