import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tenantLines } from '../../dashboard/src/pages/metrics/lines.ts'
import type { HistoryPoint, HistorySlice } from '../../src/server/api/measures-shapes.ts'

function slice(cpuMs: number): HistorySlice {
  return { tasks: 1, outcomes: {}, cpu_ms: cpuMs, heap_bytes: 0, p50_ms: null, p90_ms: null, p99_ms: null }
}

/** @param cpuMs - by tenant */
function point(cpuMs: Readonly<Record<string, number>>, others?: number): HistoryPoint {
  return {
    time: 0,
    total: slice(0),
    tenants: Object.entries(cpuMs).map(([tenant, spent]) => Object.assign(slice(spent), { tenant })),
    ...(others === undefined ? {} : { others: slice(others) }),
  }
}

test('a chart has a line for each of the largest tenants, and one for all others, with those that nobody named', () => {
  const points = [point({ a: 5, b: 40, c: 30, d: 20, e: 10, idle: 0 }, 1), point({ b: 1, f: 2 })]
  assert.deepEqual(
    tenantLines(points, (one) => one.cpu_ms),
    [
      { label: 'b', values: [40, 1] },
      { label: 'c', values: [30, 0] },
      { label: 'd', values: [20, 0] },
      { label: 'e', values: [10, 0] },
      { label: 'all other tenants', values: [6, 2] },
    ],
  )
})

test('where there are few each has its line', () => {
  assert.deepEqual(
    tenantLines([point({ a: 5, b: 7 })], (one) => one.cpu_ms).map(({ label }) => label),
    ['b', 'a'],
  )
})
