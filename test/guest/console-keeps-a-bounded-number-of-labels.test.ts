import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('the first thousand are counted on, later ones from anew', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch() {
      for (let i = 0; i < 1000; i++) console.count('label ' + i)
      for (const label of ['label 0', 'late', 'late']) console.count(label)
      return new Response()
    } }`,
  )
  const { logs } = await t.fetch('w')
  assert.deepEqual(
    logs.slice(-3).map(({ message }) => message),
    ['label 0: 2', 'late: 1', 'late: 1'],
  )
})
