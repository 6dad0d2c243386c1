import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Measures } from '../../src/control/measures/measures.ts'
import { HostMeasures } from '../../src/host/measures/host-measures.ts'
import { tasksIn } from '../../src/measures/task-counts.ts'
import { EMPTY_POOL, recordOf } from '../support/measures.ts'

const WORKERS = 10_000
const HOST = { host: 1, tier: 'main' } as const

function hostMeasures(): HostMeasures {
  return new HostMeasures({ stats: () => EMPTY_POOL, measured: () => ({}) })
}

test('10,000 workers have few rows on a host; the busy keep theirs, and the sums are whole', () => {
  const host = hostMeasures()
  for (let worker = 0; worker < WORKERS; worker++) {
    host.taskEnded(recordOf('crowd', `w${worker}`))
    host.taskEnded(recordOf('busy', `app${worker % 3}`))
  }
  const { all, live, rows } = host.snapshot(0)
  assert.ok(rows.length <= 700, `${rows.length} rows`)
  assert.deepEqual(live?.toSorted(), rows.map(({ row }) => row).toSorted())
  const sumOf = (tenant: string): number =>
    tasksIn(rows.find((row) => row.tenant === tenant && row.worker === undefined)?.counts ?? {})
  assert.equal(sumOf('crowd'), WORKERS)
  assert.equal(sumOf('busy'), WORKERS)
  assert.equal(tasksIn(all.tasks ?? {}), 2 * WORKERS)
  const busy = rows.filter(({ tenant, worker }) => tenant === 'busy' && worker !== undefined)
  assert.deepEqual(busy.map(({ counts }) => tasksIn(counts)).toSorted(), [3333, 3333, 3334])
})

test('10,000 tenants have few rows on a host, and the sum of all is whole', () => {
  const host = hostMeasures()
  for (let tenant = 0; tenant < WORKERS; tenant++) host.taskEnded(recordOf(`t${tenant}`, 'app'))
  const { all, rows } = host.snapshot(0)
  assert.ok(rows.length <= 600, `${rows.length} rows`)
  assert.equal(tasksIn(all.tasks ?? {}), WORKERS)
})

test('control counts every task once, whichever rows come and go between two looks', () => {
  const host = hostMeasures()
  const measures = new Measures(() => true)
  for (let round = 1; round <= 20; round++) {
    for (let worker = 0; worker < WORKERS / 10; worker++) {
      host.taskEnded(recordOf('crowd', `w${(worker * round) % WORKERS}`))
      host.taskEnded(recordOf(`t${worker}`, 'app'))
    }
    measures.take(HOST, JSON.parse(JSON.stringify(host.snapshot(measures.snapshotOf(1)))))
    assert.equal(tasksIn(measures.all.tasks ?? {}), round * (WORKERS / 5))
    const crowd = measures.tenant('crowd')
    assert.equal(tasksIn(crowd?.counts ?? {}), round * (WORKERS / 10))
    const named = (crowd?.workers ?? []).reduce((sum, { counts }) => sum + tasksIn(counts), 0)
    assert.equal(named + tasksIn(crowd?.others ?? {}), round * (WORKERS / 10))
  }
})

test('rows that did not change are not told again', () => {
  const host = hostMeasures()
  for (const worker of ['a', 'b']) host.taskEnded(recordOf('acme', worker))
  const { snapshot } = host.snapshot(0)
  host.taskEnded(recordOf('acme', 'b'))
  assert.deepEqual(
    host.snapshot(snapshot).rows.map(({ worker }) => worker),
    ['b', undefined],
  )
  assert.deepEqual(host.snapshot(snapshot + 1).rows, [])
  // Whoever has heard nothing is told everything.
  assert.equal(host.snapshot(0).rows.length, 3)
})
