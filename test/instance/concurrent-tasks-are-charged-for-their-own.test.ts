import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('tasks that take turns on one isolate are each charged for their own part', async () => {
  await using t = startRuntime({ mode: 'persistent', limits: { cpuMs: 30_000 } })
  await t.load(
    'w',
    `export default async (weight) => {
      let sum = 0
      for (let turn = 0; turn < 20; turn++) {
        for (let i = 0; i < weight * 500_000; i++) sum += Math.sqrt(i)
        await new Promise((resolve) => setTimeout(resolve))
      }
      return sum
    }`,
  )
  const charged = async (weight: number): Promise<number> => {
    const { outcome, usage } = await t.runtime.dispatch('w', { type: 'execute', input: weight })
    assert.equal(outcome, 'ok')
    return usage.cpuUs
  }
  await charged(4)
  const [one = 0, four = 0, sixteen = 0] = await Promise.all([1, 4, 16].map(charged))
  // In proportion, with room for what caches and a busy machine make of the same loop.
  assert.ok(four > one * 2 && four < one * 8, `${one} and ${four} µs`)
  assert.ok(sixteen > four * 2 && sixteen < four * 8, `${four} and ${sixteen} µs`)
})
