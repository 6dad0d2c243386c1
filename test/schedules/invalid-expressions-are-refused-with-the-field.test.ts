import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'

const CASES: readonly [cron: string, zone: string, message: RegExp][] = [
  ['60 * * * *', 'UTC', /has a minute that is none: "60"/],
  ['5/5 * * * *', 'UTC', /minute/],
  ['* 24 * * *', 'UTC', /hour/],
  ['* * 0 * *', 'UTC', /day of the month/],
  ['* * * 13 *', 'UTC', /month that is none/],
  ['* * * foo *', 'UTC', /month that is none/],
  ['* * * * 0', 'UTC', /day of the week.*1 for Sunday/],
  ['* * * * 8', 'UTC', /day of the week/],
  ['* * * * fri-mon', 'UTC', /day of the week/],
  ['*/0 * * * *', 'UTC', /minute/],
  ['? * * * *', 'UTC', /minute/],
  ['1,,2 * * * *', 'UTC', /minute/],
  ['* * * * * *', 'UTC', /five fields/],
  ['* * * *', 'UTC', /five fields/],
  ['@daily', 'UTC', /five fields/],
  ['2026-01-01T00:00:00', 'UTC', /five fields/],
  ['', 'UTC', /five fields/],
  [`${'1,'.repeat(1000)}1 * * * *`, 'UTC', /five fields/],
  ['0 0 30 2 *', 'UTC', /never comes/],
  ['* * * * *', 'Mars/Olympus', /no time zone "Mars\/Olympus"/],
  ['* * * * *', '', /no time zone ""/],
]

test('what is no expression, or no zone, is refused, and nothing changes', async (t) => {
  using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
  started.schedules.set(WORKER, [daily()])
  for (const [cron, zone, message] of CASES) {
    await t.test(`${cron.slice(0, 30)} in ${zone}`, () => {
      const wanted = [daily({ cron: '1 1 * * *' }), daily({ cron, zone })]
      assert.throws(() => started.schedules.set(WORKER, wanted), { code: 'INVALID_CRON', message })
    })
  }
  const twice = [daily(), daily({ cron: ' 0  12 * * * ', missed: 'once' })]
  assert.throws(() => started.schedules.set(WORKER, twice), { code: 'INVALID_OPTION', message: /twice/ })
  const many = Array.from({ length: 51 }, (_, minute) => daily({ cron: `${minute} * * * *` }))
  assert.throws(() => started.schedules.set(WORKER, many), { code: 'INVALID_OPTION', message: /at most 50/ })
  assert.deepEqual(
    started.schedules.list(WORKER).map(({ cron }) => cron),
    ['0 12 * * *'],
  )
})
