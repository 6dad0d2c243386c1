import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TaskCounts, tasksIn } from '../../src/measures/task-counts.ts'
import { type Busiest, BusiestRows } from '../../src/server/metrics/busiest.ts'

const MINUTE_MS = 60_000

/** Tasks of each name so far. */
type Tasks = Readonly<Record<string, number>>

function look(rows: BusiestRows, tasks: Tasks, without = 0): Busiest {
  const all = Object.values(tasks).reduce((sum, count) => sum + count, without)
  return rows.look(
    Object.entries(tasks).map(([key, count]) => ({ key, labels: [key], counts: okTasks(count) })),
    okTasks(all),
  )
}

function okTasks(count: number): TaskCounts {
  return { outcomes: { ok: count } }
}

function shown({ named, others }: Busiest): Tasks {
  return Object.fromEntries([...named.map(({ counts, key }) => [key, tasksIn(counts)]), ['(others)', tasksIn(others)]])
}

test('while there are names for all of them, all have one', () => {
  const rows = new BusiestRows(3)
  assert.deepEqual(shown(look(rows, { a: 5, b: 0 }, 2)), { a: 5, b: 0, '(others)': 2 })
  assert.deepEqual(shown(look(rows, { a: 6, b: 1, c: 4 }, 2)), { a: 6, b: 1, c: 4, '(others)': 2 })
})

test('when there are more, the busiest have them, and keep them from those that are hardly busier', () => {
  const rows = new BusiestRows(2, () => 0)
  assert.deepEqual(shown(look(rows, { a: 5, b: 10, c: 20 })), { b: 10, c: 20, '(others)': 5 })
  assert.deepEqual(shown(look(rows, { a: 19, b: 10, c: 20 })), { b: 10, c: 20, '(others)': 19 })
})

test('who takes a name begins with what was counted since the last look; nothing goes down', () => {
  const rows = new BusiestRows(2, () => 0)
  look(rows, { a: 5, b: 10, c: 20 })
  assert.deepEqual(shown(look(rows, { a: 105, b: 11, c: 20 })), { a: 100, c: 20, '(others)': 5 + 1 })
  // One that has lost its name adds to the others again; what it had under its own stays gone.
  assert.deepEqual(shown(look(rows, { a: 106, b: 13, c: 20 })), { a: 101, c: 20, '(others)': 5 + 3 })
})

test('what was long ago does not hold a name', () => {
  let nowMs = 0
  const rows = new BusiestRows(1, () => nowMs)
  assert.deepEqual(shown(look(rows, { old: 1000, new: 0 })), { old: 1000, '(others)': 0 })
  assert.deepEqual(shown(look(rows, { old: 1000, new: 10 })), { old: 1000, '(others)': 10 })
  nowMs = 120 * MINUTE_MS
  assert.deepEqual(shown(look(rows, { old: 1000, new: 20 })), { new: 10, '(others)': 10 })
})

test('a row that came back from zero is counted from there', () => {
  const rows = new BusiestRows(2)
  look(rows, { a: 50 })
  assert.deepEqual(shown(look(rows, { a: 3 }, 50)), { a: 53, '(others)': 0 })
})

test('a row that has gone has no name', () => {
  const rows = new BusiestRows(1)
  look(rows, { a: 50 })
  assert.deepEqual(shown(look(rows, { b: 3 }, 50)), { b: 3, '(others)': 0 })
})
