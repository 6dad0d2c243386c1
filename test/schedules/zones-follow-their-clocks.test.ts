import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CronClocks } from '../../src/control/cron-clock.ts'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'

const CASES: readonly [what: string, cron: string, zone: string, after: string, ticks: readonly string[]][] = [
  [
    'a time of day stays the same when the clocks go forward',
    '0 9 * * *',
    'Europe/Berlin',
    '2026-03-27T12:00Z',
    ['2026-03-28T08:00Z', '2026-03-29T07:00Z', '2026-03-30T07:00Z'],
  ],
  [
    'and when they go back',
    '0 9 * * *',
    'America/New_York',
    '2026-10-31T00:00Z',
    ['2026-10-31T13:00Z', '2026-11-01T14:00Z', '2026-11-02T14:00Z'],
  ],
  [
    'a time that is left out comes at the first moment after it',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-28T00:00Z',
    ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z'],
  ],
  [
    'a time that is there twice comes the first time only',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-24T12:00Z',
    ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
  ],
  [
    'what comes again and again goes on through the hour that is there twice',
    '*/30 * * * *',
    'Europe/Berlin',
    '2026-10-25T00:15Z',
    ['2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-25T02:00Z'],
  ],
  [
    'days of the week count from Sunday',
    '0 0 * * 2-6',
    'UTC',
    '2026-03-12T12:00Z',
    ['2026-03-13T00:00Z', '2026-03-16T00:00Z'],
  ],
  ['names', '15 8 * jun MON', 'UTC', '2026-03-12T12:00Z', ['2026-06-01T08:15Z', '2026-06-08T08:15Z']],
  ['the last Friday', '0 18 * * friL', 'UTC', '2026-03-12T12:00Z', ['2026-03-27T18:00Z', '2026-04-24T18:00Z']],
]

for (const [what, cron, zone, after, ticks] of CASES) {
  test(what, () => {
    const clock = new CronClocks().get({ cron, zone })
    const found: number[] = []
    for (let next = clock.next(Date.parse(after)); next !== undefined && found.length < ticks.length;) {
      found.push(next)
      assert.equal(clock.latest(next), next)
      assert.equal(clock.latest(next + 59_999), next)
      next = clock.next(next)
    }
    const expected = ticks.map((tick) => Date.parse(tick))
    assert.deepEqual(found, expected)
  })
}

test('each tick of a day on which the clocks change is run once', () => {
  using started = startSchedules({ now: '2026-10-24T22:00:00Z' })
  started.schedules.set(WORKER, [daily({ cron: '30 2 * * *', zone: 'Europe/Berlin' })])
  for (let minute = 0; minute < 26 * 60; minute++) {
    started.at(new Date(Date.parse('2026-10-24T22:00:05Z') + minute * 60_000).toISOString())
  }
  assert.deepEqual(started.times(), ['2026-10-25T00:30:00.000Z'])
})
