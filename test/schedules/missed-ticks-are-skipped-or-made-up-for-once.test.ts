import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'

test('what was missed while nobody was there is skipped, and said to be', () => {
  using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
  started.schedules.set(WORKER, [daily()])
  started.restart('2026-03-14T18:00:00Z')
  assert.deepEqual(started.times(), [])
  assert.deepEqual(started.outcomes(), ['missed'])
  started.restart('2026-03-14T18:01:00Z')
  assert.deepEqual(started.outcomes(), ['missed'])
  started.at('2026-03-15T12:00:00Z')
  assert.deepEqual(started.times(), ['2026-03-15T12:00:00.000Z'])
})

test('or made up for by one run, for the last of them', async () => {
  using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
  started.schedules.set(WORKER, [daily({ missed: 'once' })])
  started.restart('2026-03-14T18:00:00Z')
  assert.deepEqual(started.times(), ['2026-03-14T12:00:00.000Z'])
  await started.runs[0]?.end()
  assert.equal(started.schedules.history(WORKER)[0]?.cause, 'missed')
  started.restart('2026-03-14T18:01:00Z')
  assert.equal(started.runs.length, 1)
  started.at('2026-03-15T12:00:00Z')
  assert.deepEqual(started.times(), ['2026-03-14T12:00:00.000Z', '2026-03-15T12:00:00.000Z'])
})

test('a tick that came during a short restart is run, whatever was missed before it', () => {
  for (const missed of ['skip', 'once'] as const) {
    using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
    started.schedules.set(WORKER, [daily({ missed })])
    started.restart('2026-03-12T12:00:20Z')
    assert.deepEqual(started.times(), ['2026-03-12T12:00:00.000Z'])
  }
})
