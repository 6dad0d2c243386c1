import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Workload } from '../../src/backend/backend.ts'
import { compareBackends } from '../../src/backend/compare.ts'
import { DenoBackend } from '../../src/backend/deno/deno-backend.ts'
import { findDeno } from '../../src/backend/deno/deno-binary.ts'
import { IsolateBackend } from '../../src/backend/isolate-backend.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'

const skip = findDeno() === undefined ? 'Deno is not installed' : false

test('each backend has as many cold and warm runs, in turns; what fails has none', { skip }, async () => {
  await using isolate = new IsolateBackend({ concurrency: 2, bundle: async (module) => bundleSource(module) })
  await using deno = new DenoBackend({ concurrency: 2 })
  const order: string[] = []
  const compare = (module: string): ReturnType<typeof compareBackends> =>
    compareBackends({ module, input: 20, timeoutMs: 10_000, memoryMb: 50 } satisfies Workload, {
      backends: ['isolate', 'deno'],
      times: 3,
      withinMs: 60_000,
      run: (name, workload) => {
        order.push(`${name} ${workload.warmKey === undefined ? 'cold' : 'warm'}`)
        return (name === 'deno' ? deno : isolate).execute(workload, { signal: new AbortController().signal })
      },
    })

  const compared = await compare('let runs = 0; export default (input) => input + ++runs')
  assert.deepEqual(
    compared.map(({ backend, cold, output, warm }) => [
      backend,
      cold?.samplesMs.length,
      warm?.samplesMs.length,
      output,
    ]),
    [
      ['isolate', 3, 3, '24'],
      ['deno', 3, 3, '24'],
    ],
  )
  for (const { cold } of compared)
    assert.ok(cold !== undefined && cold.minMs <= cold.medianMs && cold.medianMs <= cold.maxMs)
  const turn = ['isolate cold', 'isolate warm', 'deno cold', 'deno warm']
  assert.deepEqual(order, [...turn, ...turn, ...turn, ...turn])

  const [, onDeno] = await compare(
    'export default () => { if (typeof Deno === "object") throw new Error("no"); return 1 }',
  )
  assert.deepEqual([onDeno?.cold, onDeno?.warm, onDeno?.error?.message], [undefined, undefined, 'no'])
})
