import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Measures } from '../../src/control/measures/measures.ts'
import { tasksIn } from '../../src/measures/task-counts.ts'
import type { MeasuresText } from '../../src/wire/measures-text.ts'

const POOL = { total: 1, cached: 0, capacity: 1, waiting: 0, reserve: 0 }
const PROBATION = { host: 2, tier: 'probation' } as const

function said(snapshot: number, tasks: number, tenant = 'new'): MeasuresText {
  const counts = { outcomes: { ok: tasks } }
  return { snapshot, all: { tasks: counts }, rows: [{ row: 1, tenant, counts }], pool: POOL, workers: [] }
}

/** One tenant on probation, and no other. */
function measuresOfOne(): Measures {
  return new Measures((tenant, tier) => tenant === 'new' && tier === 'probation')
}

function tasksOf(measures: Measures, tenant: string): number {
  return tasksIn(measures.tenant(tenant)?.counts ?? {})
}

test('a host on probation speaks of tenants on probation only', () => {
  const measures = measuresOfOne()
  measures.take(PROBATION, said(1, 5, 'established'))
  assert.equal(measures.tenant('established'), undefined)
  measures.take({ host: 1, tier: 'main' }, said(1, 3, 'established'))
  assert.equal(tasksOf(measures, 'established'), 3)
})

test('a host that counts backwards takes nothing away', () => {
  const measures = measuresOfOne()
  measures.take(PROBATION, said(1, 5))
  measures.take(PROBATION, said(2, 2))
  assert.equal(tasksOf(measures, 'new'), 5)
})

test('the older of two snapshots that crossed on the way is ignored', () => {
  const measures = measuresOfOne()
  measures.take(PROBATION, said(2, 5))
  measures.take(PROBATION, said(1, 4))
  measures.take(PROBATION, said(3, 6))
  assert.equal(tasksOf(measures, 'new'), 6)
})

test('what has not the form of measures is ignored', () => {
  const measures = measuresOfOne()
  const good = said(1, 5)
  const rows = good.rows.map((row) => Object.assign({}, row, { counts: { outcomes: { ok: -1 } } }))
  const many = Array.from({ length: 3000 }, (_, row) => ({ row, tenant: 'new', counts: {} }))
  for (const bad of [
    undefined,
    'measures',
    { ...good, snapshot: 0 },
    { ...good, rows },
    { ...good, rows: many },
    { ...good, all: { tasks: { outcomes: { __proto__: null, made: 1 } } } },
    { ...good, all: { tasks: { cpuUs: 'much' } } },
    { ...good, all: { ...good.all, ops: { madeUp: 1 } } },
  ]) {
    measures.take(PROBATION, bad)
  }
  assert.equal(tasksIn(measures.all.tasks ?? {}), 0)
  measures.take(PROBATION, good)
  assert.equal(tasksIn(measures.all.tasks ?? {}), 5)
})
