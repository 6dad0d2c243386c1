import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TokenBucket } from '../../src/host/routing/token-bucket.ts'

/** How many of so many that come at that moment pass. */
function passing(
  bucket: TokenBucket,
  perSecond: number,
  at: { readonly nowMs: number; readonly coming: number },
): number {
  return Array.from({ length: at.coming }, () => bucket.take(perSecond, at.nowMs)).filter((waitMs) => waitMs === 0)
    .length
}

test('a burst of one second passes, then as many as the rate', () => {
  const bucket = new TokenBucket()
  assert.equal(passing(bucket, 5, { nowMs: 1000, coming: 20 }), 5)
  assert.equal(passing(bucket, 5, { nowMs: 1000, coming: 20 }), 0)
  assert.equal(passing(bucket, 5, { nowMs: 1400, coming: 20 }), 2)
  assert.equal(passing(bucket, 5, { nowMs: 60_000, coming: 20 }), 5)
})

test('who is refused passes when it was told to come again', () => {
  const bucket = new TokenBucket()
  let nowMs = 0
  bucket.take(0.3, nowMs)
  for (let round = 0; round < 100; round++) {
    const waitMs = bucket.take(0.3, nowMs)
    assert.ok(waitMs > 0)
    assert.ok(bucket.take(0.3, nowMs + waitMs - 10) > 0)
    nowMs += waitMs
    assert.equal(bucket.take(0.3, nowMs), 0)
  }
})

test('a rate that is lowered takes away what had gathered', () => {
  const bucket = new TokenBucket()
  assert.equal(passing(bucket, 100, { nowMs: 0, coming: 1 }), 1)
  assert.equal(passing(bucket, 2, { nowMs: 0, coming: 20 }), 2)
})
