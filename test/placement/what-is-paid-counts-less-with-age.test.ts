import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RentOrBuy } from '../../src/host/routing/rent-or-buy.ts'

/** How many tasks are forwarded until the worker is loaded; as many as `most` where it never is. */
function tasksUntilLoaded(agePerTask: number, most: number = 10_000): number {
  const rent = new RentOrBuy()
  for (let task = 1; task < most; task++) if (rent.pay(task * agePerTask)) return task
  return most
}

test('a worker whose tasks come close together is loaded', () => {
  assert.equal(tasksUntilLoaded(0), 80)
})

test('one whose tasks come less often is loaded later', () => {
  const tasks = tasksUntilLoaded(1 / 80)
  assert.ok(tasks > 80 && tasks < 200, String(tasks))
})

test('one whose tasks come seldom never is', () => {
  assert.equal(tasksUntilLoaded(1 / 10), 10_000)
})

test('once it has been loaded all begins anew', () => {
  const rent = new RentOrBuy()
  const loads = Array.from({ length: 400 }, () => rent.pay(0)).filter(Boolean)
  assert.equal(loads.length, 5)
})
