import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PoolFollower, type Span } from '../../dashboard/src/pages/machine/pool/follow-pool.ts'
import type { EntryReport, PoolReport } from '../../src/server/api/host-shapes.ts'
import type { MeasuresReport, TaskMeasures, WorkerMeasures } from '../../src/server/api/measures-shapes.ts'

const NOBODY = { p50_ms: null, p90_ms: null, p99_ms: null }
const TASKS: TaskMeasures = {
  tasks: 0,
  errors: 0,
  outcomes: {},
  refused: {},
  wall: NOBODY,
  wait: NOBODY,
  cpu_ms: 0,
  subrequests: 0,
  bytes_in: 0,
  bytes_out: 0,
  created: {},
  retired: {},
  collections: 0,
  freed_bytes: 0,
}
const STANDING = { instances: 0, running: 0, queue_depth: 0, sockets: 0, heap_bytes: 0 }

function entry(worker: string, rest: Partial<EntryReport> = {}): EntryReport {
  return {
    host: 1,
    tier: 'main',
    tenant: 'acme',
    worker,
    version: 'v1',
    mode: 'shared',
    state: 'open',
    age_ms: 60_000,
    tasks_served: 0,
    running: 0,
    queue_depth: 0,
    open_ops: 0,
    sockets: 0,
    heap_bytes: 1000,
    ...rest,
  }
}

/** An answer that took a moment. */
function at(fromMs: number, tookMs = 10): Span {
  return { fromMs, toMs: fromMs + tookMs }
}

function poolOf(...entries: readonly EntryReport[]): PoolReport {
  const figures = { total: 10, cached: 0, capacity: 10, hit_rate: 0, hits: 0, misses: 0, evictions: 0 }
  return { ...figures, waiting: 0, reserve: 0, entries }
}

function measuredOf(worker: string, retired: TaskMeasures['retired']): WorkerMeasures {
  return { ...TASKS, ...STANDING, tenant: 'acme', worker, retired }
}

/** @param retired - by worker */
function measuresOf(retired: Readonly<Record<string, TaskMeasures['retired']>> = {}, hosts = [1]): MeasuresReport {
  const figures = { utilisation: 0, in_workers: 0, total: 10, cached: 0, capacity: 10, waiting: 0, reserve: 0 }
  return {
    since: 0,
    total: { ...TASKS, ...STANDING },
    workers: Object.entries(retired).map(([worker, causes]) => measuredOf(worker, causes)),
    server: {
      hosts: hosts.map((host) => ({ host, tier: 'main', ...figures })),
      deaths: {},
      hits: 0,
      misses: 0,
      evictions: 0,
      ops: {},
      creation: {},
      other_tenants: TASKS,
    },
  }
}

test('an instance is the same as long as it has the same owner and birth, and its heat is what it did since', () => {
  const follower = new PoolFollower()
  const first = follower.look({ pool: poolOf(entry('shop', { tasks_served: 10 })), measures: measuresOf() }, at(1000))
  const later = entry('shop', { tasks_served: 30, age_ms: 62_000 })
  const second = follower.look({ pool: poolOf(later), measures: measuresOf() }, at(3000))
  assert.equal(second.cells.length, 1)
  assert.equal(second.cells[0]?.id, first.cells[0]?.id)
  assert.equal(second.cells[0]?.tasksPerSecond, 10)
  assert.equal(second.cells[0]?.phase, 'here')
  assert.deepEqual(second.happenings, [])
})

test('one that was made since is new, though its owner had one before', () => {
  const follower = new PoolFollower()
  const old = entry('shop')
  const first = follower.look({ pool: poolOf(old), measures: measuresOf() }, at(1000))
  const young = entry('shop', { age_ms: 100 })
  const { cells, happenings } = follower.look(
    { pool: poolOf(young, { ...old, age_ms: old.age_ms + 1000 }), measures: measuresOf() },
    at(2000),
  )
  assert.deepEqual(
    cells.map(({ phase }) => phase),
    ['here', 'arrived'],
  )
  assert.equal(cells[0]?.id, first.cells[0]?.id)
  assert.deepEqual(
    happenings.map(({ kind }) => kind),
    ['created'],
  )
})

test('one that left is shown once more, with the cause that was counted for its worker', () => {
  const follower = new PoolFollower()
  const pool = poolOf(entry('shop'), entry('blog'))
  follower.look({ pool, measures: measuresOf({ shop: { age: 3 }, blog: {} }) }, at(1000))
  const without = follower.look(
    { pool: poolOf(), measures: measuresOf({ shop: { age: 3, evicted: 1 }, blog: {} }) },
    at(2000),
  )
  assert.deepEqual(
    without.cells.map(({ cause, entry: { worker }, phase }) => [worker, phase, cause]),
    [
      ['shop', 'left', 'evicted'],
      ['blog', 'left', undefined],
    ],
  )
  assert.deepEqual(follower.look({ pool: poolOf(), measures: measuresOf() }, at(3000)).cells, [])
})

test('a cause that was counted before the pool showed it is still told', () => {
  const follower = new PoolFollower()
  const pool = poolOf(entry('shop'))
  follower.look({ pool, measures: measuresOf({ shop: {} }) }, at(1000))
  const ahead = { pool: poolOf(entry('shop', { age_ms: 61_000 })), measures: measuresOf({ shop: { surplus: 1 } }) }
  follower.look(ahead, at(2000))
  const { cells } = follower.look({ pool: poolOf(), measures: measuresOf({ shop: { surplus: 1 } }) }, at(3000))
  assert.equal(cells[0]?.cause, 'surplus')
})

test('those of a host that ended left with it', () => {
  const follower = new PoolFollower()
  follower.look({ pool: poolOf(entry('shop')), measures: measuresOf() }, at(1000))
  const { cells } = follower.look({ pool: poolOf(), measures: measuresOf({}, [2]) }, at(2000))
  assert.equal(cells[0]?.cause, 'its host ended')
})

test('a place is given to the next only when nobody is seen leaving it', () => {
  const follower = new PoolFollower()
  const first = follower.look({ pool: poolOf(entry('a'), entry('b')), measures: measuresOf() }, at(1000))
  assert.deepEqual(
    first.cells.map(({ slot }) => slot),
    [0, 1],
  )
  const b = entry('b', { age_ms: 61_000 })
  const c = entry('c', { age_ms: 10 })
  const second = follower.look({ pool: poolOf(b, c), measures: measuresOf() }, at(2000))
  assert.equal(second.cells.find(({ entry: { worker } }) => worker === 'c')?.slot, 2)
  const later = [entry('b', { age_ms: 62_000 }), entry('c', { age_ms: 1010 }), entry('d', { age_ms: 5 })]
  const third = follower.look({ pool: poolOf(...later), measures: measuresOf() }, at(3000))
  assert.equal(third.cells.find(({ entry: { worker } }) => worker === 'd')?.slot, 0)
})

test('an answer that was long on its way makes no instance another', () => {
  const follower = new PoolFollower()
  const first = follower.look({ pool: poolOf(entry('shop')), measures: measuresOf() }, at(1000))
  const late = { pool: poolOf(entry('shop', { age_ms: 60_900 })), measures: measuresOf() }
  const second = follower.look(late, at(1900, 3000))
  assert.deepEqual(second.happenings, [])
  const overtaken = { pool: poolOf(), measures: measuresOf() }
  assert.equal(follower.look(overtaken, at(1500, 5000)), second)
  const third = { pool: poolOf(entry('shop', { age_ms: 64_000 })), measures: measuresOf() }
  assert.equal(follower.look(third, at(5000)).cells[0]?.id, first.cells[0]?.id)
})
