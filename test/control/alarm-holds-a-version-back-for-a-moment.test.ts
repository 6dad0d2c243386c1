import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Overdue } from '../../src/control/overdue.ts'

const VERSION = 7

test('a version that is past its limits is held back until it comes out', () => {
  const overdue = new Overdue()
  assert.equal(overdue.remainingMs(VERSION), 0)
  assert.equal(overdue.raise(1, VERSION), true)
  assert.ok(overdue.remainingMs(VERSION) > 0)
  assert.equal(overdue.remainingMs(VERSION + 1), 0)
  assert.equal(overdue.clear(1), VERSION)
  assert.equal(overdue.remainingMs(VERSION), 0)
})

test('it stays held back while it is overdue on another host', () => {
  const overdue = new Overdue()
  overdue.raise(1, VERSION)
  overdue.raise(2, VERSION)
  overdue.clear(1)
  assert.ok(overdue.remainingMs(VERSION) > 0)
})

test('a host that raised an alarm is not heard again for a while: it may have been taken over', () => {
  const overdue = new Overdue()
  overdue.raise(1, VERSION)
  overdue.clear(1)
  assert.equal(overdue.raise(1, VERSION + 1), false)
  assert.equal(overdue.remainingMs(VERSION + 1), 0)
  assert.equal(overdue.raise(2, VERSION + 1), true)
})

test('an alarm ends by itself', (t) => {
  t.mock.method(performance, 'now', () => 0)
  const overdue = new Overdue()
  overdue.raise(1, VERSION)
  t.mock.method(performance, 'now', () => 1_001)
  assert.equal(overdue.remainingMs(VERSION), 0)
})
