import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

const SIGNUP = { name: ' Ada ', plan: { kind: 'team', seats: 3 }, password: 'x', repeated: 'x' }

test('valibot runs unmodified: pipes, variants, checks that wait, flattened issues', async () => {
  await using library = await startLibrary('valibot')
  assert.deepEqual(await library.execute(SIGNUP), {
    output: { ...SIGNUP, name: 'Ada', age: 18 },
    free: true,
    is: true,
  })
  assert.equal((await library.execute({ ...SIGNUP, name: 'taken' })).free, false)
  assert.deepEqual(await library.execute({ ...SIGNUP, name: ' a', age: 3, repeated: 'y' }), {
    nested: { name: ['too short'], age: ['too young'], repeated: ['no match'] },
  })
  const { nested } = await library.execute({ ...SIGNUP, plan: { kind: 'gold' }, more: 1 })
  assert.deepEqual(Object.keys(nested), ['plan.kind', 'more'])
})
