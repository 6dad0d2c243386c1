import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packErrorFields, unpackError } from '../../src/bridge/error-text.ts'

const LONG = 'x'.repeat(1_000_000)

test('whatever a guest gives as an error, little of it is kept', () => {
  const packed = packErrorFields({ name: LONG, message: LONG, stack: LONG }, JSON.stringify)
  const { message, name, stack } = unpackError(packed)
  assert.deepEqual([name.length, message.length, stack.length], [257, 16_385, 16_385])
  assert.equal(unpackError(LONG).message.length, 16_385)
})

test('what is short stays as it is', () => {
  const error = { name: 'Mine', message: 'a\nb', stack: 'Mine: a\n    at worker.js:1:2' }
  assert.deepEqual(unpackError(packErrorFields(error, JSON.stringify)), error)
})
