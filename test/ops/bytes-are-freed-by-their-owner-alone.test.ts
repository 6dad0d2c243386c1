import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromBytes } from '../../src/ops/byte-source.ts'
import { freeBytes, freeChunks, giveChunks } from '../../src/ops/free-bytes.ts'

test('bytes that are all of their buffer are freed, and may be freed again', () => {
  const bytes = new Uint8Array(100)
  freeBytes(bytes)
  freeBytes(bytes)
  assert.equal(bytes.byteLength, 0)
})

test('a view of a larger buffer, or of shared memory, stays as it is', () => {
  const view = new Uint8Array(100).subarray(1)
  const shared = new Uint8Array(new SharedArrayBuffer(100))
  freeBytes(view)
  freeBytes(shared)
  assert.deepEqual([view.byteLength, shared.byteLength], [99, 100])
})

test('chunks are freed if their source gives them away', () => {
  const kept = new Uint8Array(10)
  const given = new Uint8Array(10)
  freeChunks([kept], fromBytes(kept))
  freeChunks([given], giveChunks(fromBytes(given)))
  assert.deepEqual([kept.byteLength, given.byteLength], [10, 0])
})
