import assert from 'node:assert/strict'
import { test } from 'node:test'
import { History, POINT_MS, TOP_TENANTS } from '../../src/control/measures/history.ts'
import type { TaskCounts } from '../../src/measures/task-counts.ts'

function clock(): { nowMs: number } {
  return { nowMs: 1_000_000 * POINT_MS }
}

function tasks(ok: number, rest: TaskCounts = {}): TaskCounts {
  return { outcomes: { ok }, ...rest }
}

test('a point has what came in its ten seconds', () => {
  const time = clock()
  const history = new History(() => time.nowMs)
  history.add(undefined, tasks(3, { cpuUs: 7000, wall: { sumMs: 6, buckets: { 4: 3 } } }))
  history.add('acme', tasks(3))
  history.holds(new Map([['acme', 1000]]))
  time.nowMs += POINT_MS
  history.add(undefined, tasks(1))
  const [first, second, ...more] = history.points(60)
  assert.deepEqual(more, [])
  assert.deepEqual(first?.all.outcomes, { ok: 3 })
  assert.equal(first?.all.cpuMs, 7)
  assert.ok((first?.all.p50Ms ?? 0) > 1 && (first?.all.p50Ms ?? 0) <= 2)
  assert.deepEqual(
    first?.tenants.map(({ heapBytes, outcomes, tenant }) => [tenant, outcomes, heapBytes]),
    [['acme', { ok: 3 }, 1000]],
  )
  assert.deepEqual(second?.all.outcomes, { ok: 1 })
  assert.equal(second?.all.p99Ms, undefined)
})

test('what is older than an hour is forgotten; fewer minutes show fewer points', () => {
  const time = clock()
  const history = new History(() => time.nowMs)
  for (let point = 0; point < 1000; point++) {
    history.add(undefined, tasks(point))
    time.nowMs += POINT_MS
  }
  const points = history.points(60)
  assert.equal(points.length, 361)
  assert.equal(points.at(-2)?.all.outcomes.ok, 999)
  assert.equal(history.points(1).length, 7)
})

test('beyond the busiest, tenants are shown together', () => {
  const time = clock()
  const history = new History(() => time.nowMs)
  for (let tenant = 0; tenant < 500; tenant++) {
    history.add(`t${tenant}`, tasks(tenant + 1))
    history.add(undefined, tasks(tenant + 1))
  }
  const [point] = history.points(60)
  assert.deepEqual(
    point?.tenants.slice(0, 2).map(({ tenant }) => tenant),
    ['t499', 't498'],
  )
  assert.ok((point?.tenants.length ?? 0) <= 100)
  const inTop = point?.tenants.slice(0, TOP_TENANTS).reduce((sum, { outcomes }) => sum + (outcomes.ok ?? 0), 0) ?? 0
  assert.equal(inTop + (point?.others.outcomes.ok ?? 0), point?.all.outcomes.ok)
})
