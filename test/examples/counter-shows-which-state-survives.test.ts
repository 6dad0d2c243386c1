import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { startExample } from '../support/example.ts'

async function threeCounts(options: RuntimeOptions): Promise<{ counts: number[]; instances: number }> {
  await using example = await startExample('counter', options)
  const answers: { count: number; instanceId: string }[] = []
  for (let i = 0; i < 3; i += 1) {
    const { text } = await example.fetch('counter')
    answers.push(JSON.parse(text) as { count: number; instanceId: string })
  }
  return {
    counts: answers.map(({ count }) => count),
    instances: new Set(answers.map(({ instanceId }) => instanceId)).size,
  }
}

const FRESH = { counts: [1, 1, 1], instances: 3 }
const KEPT = { counts: [1, 2, 3], instances: 1 }

const EXPECTED: readonly (readonly [RuntimeOptions, typeof FRESH])[] = [
  [{ mode: 'worker' }, FRESH],
  [{ mode: 'shared' }, FRESH],
  [{ mode: 'pool' }, FRESH],
  [{ mode: 'pool', executor: 'threads' }, FRESH],
  [{ mode: 'pool', poolContext: 'warm' }, KEPT],
  [{ mode: 'persistent' }, KEPT],
]

for (const [options, expected] of EXPECTED) {
  test(Object.values(options).join(', '), async () => {
    assert.deepEqual(await threeCounts(options), expected)
  })
}
