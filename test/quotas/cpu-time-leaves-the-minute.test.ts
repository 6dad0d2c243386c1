import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SlidingMinute } from '../../src/host/routing/sliding-minute.ts'

test('what was added leaves after a minute, the oldest first', () => {
  const minute = new SlidingMinute()
  minute.add(10, 5_000)
  minute.add(20, 35_500)
  minute.add(5, 35_600)
  assert.equal(minute.sum(64_999), 35)
  assert.equal(minute.sum(65_000), 25)
  assert.equal(minute.sum(94_999), 25)
  assert.equal(minute.sum(95_000), 0)
})

test('after a long rest nothing is left', () => {
  const minute = new SlidingMinute()
  for (let second = 0; second < 200; second++) minute.add(1, second * 1000)
  assert.equal(minute.sum(199_000), 60)
  assert.equal(minute.sum(10_000_000), 0)
})

test('when the sum is below a limit is known beforehand', () => {
  const minute = new SlidingMinute()
  minute.add(10, 5_000)
  minute.add(20, 35_500)
  assert.equal(minute.untilBelow(30, 36_000), 29_000)
  assert.equal(minute.sum(36_000 + 29_000 - 1), 30)
  assert.equal(minute.sum(36_000 + 29_000), 20)
  const later = new SlidingMinute()
  later.add(10, 5_000)
  later.add(20, 35_500)
  assert.equal(later.untilBelow(20, 36_000), 59_000)
  assert.equal(later.sum(36_000 + 59_000), 0)
})
