import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunLine } from '../../src/control/run-line.ts'
import { TickQueue } from '../../src/control/tick-queue.ts'
import { daily, startSchedules } from '../support/schedules.ts'

test('when all are due at once, so many run at once, and each runs', async () => {
  using started = startSchedules({ now: '2026-03-10T11:59:00Z', runs: 'stay' })
  for (let number = 0; number < 2_000; number++) {
    started.schedules.set({ tenant: `tenant-${number % 100}`, worker: `w${number}` }, [daily()])
  }
  started.at('2026-03-10T12:00:00Z')
  assert.equal(started.runs.length, 100)
  for (let ended = 0; ended < 2_000; ended += 100) {
    await Promise.all(started.runs.slice(ended, ended + 100).map((run) => run.end()))
  }
  assert.equal(new Set(started.runs.map(({ worker }) => worker)).size, 2_000)
  assert.equal(started.runs.length, 2_000)
})

test('a tenant with many runs waits for itself, not others for it', () => {
  const line = new RunLine<{ tenant: string; number: number }>({ atOnce: 4, atOnceOfTenant: 3 })
  for (let number = 1; number <= 5; number++) line.add({ tenant: 'many', number })
  line.add({ tenant: 'one', number: 6 })
  const taken = (): number[] => line.take().map(({ number }) => number)
  assert.deepEqual(taken(), [1, 6, 2, 3])
  line.left('one')
  assert.deepEqual(taken(), [])
  line.left('many')
  assert.deepEqual(taken(), [4])
})

test('the queue of ticks is in order, whatever is put in and taken out', () => {
  const queue = new TickQueue<number>()
  const times = new Map<number, number>()
  let seed = 7
  const random = (limit: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % limit
  }
  for (let step = 0; step < 5_000; step++) {
    const item = random(300)
    if (random(3) === 0) {
      queue.delete(item)
      times.delete(item)
    } else {
      const atMs = random(1_000)
      queue.set(item, atMs)
      times.set(item, atMs)
    }
    assert.equal(queue.earliestMs, times.size === 0 ? undefined : Math.min(...times.values()))
    if (random(50) > 0) continue
    const untilMs = random(200)
    const taken = queue.take(untilMs)
    const due = [...times].filter(([, atMs]) => atMs <= untilMs)
    assert.deepEqual(
      taken.map((one) => times.get(one)),
      due.map(([, atMs]) => atMs).toSorted((a, b) => a - b),
    )
    for (const [one] of due) times.delete(one)
  }
})
