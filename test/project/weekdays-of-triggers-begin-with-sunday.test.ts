import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cron } from 'croner'
import { readProject } from '../../src/project/read-project.ts'
import { tmpDir } from '../support/tmp-dir.ts'

async function read(config: object): ReturnType<typeof readProject> {
  using dir = tmpDir({ 'isopod.json': JSON.stringify({ name: 'jobs', main: 'index.ts', ...config }) })
  return await readProject(dir.path)
}

/** Days of the weeks after Thursday, 2026-01-01. */
function daysOf(cron: string, count: number): readonly string[] {
  const runs = new Cron(cron, { paused: true, timezone: 'UTC' }).nextRuns(count, new Date('2026-01-01T12:00:00Z'))
  return runs.map((run) => run.toUTCString().slice(0, 11))
}

test('in "triggers.crons", as Cloudflare counts', async () => {
  for (const [cron, named, days] of [
    ['0 0 * * 1', '0 0 * * SUN', ['Sun, 04 Jan', 'Sun, 11 Jan']],
    ['0 0 * * 2-6', '0 0 * * MON-FRI', ['Fri, 02 Jan', 'Mon, 05 Jan']],
    ['0 0 * * 7,2', '0 0 * * SAT,MON', ['Sat, 03 Jan', 'Mon, 05 Jan']],
    ['0 0 * * 6L', '0 0 * * FRIL', ['Fri, 30 Jan', 'Fri, 27 Feb']],
    ['0 0 * * 2#2', '0 0 * * MON#2', ['Mon, 12 Jan', 'Mon, 09 Feb']],
    ['0 0 * * 1-7/2', '0 0 * * SUN-SAT/2', ['Sat, 03 Jan', 'Sun, 04 Jan']],
  ] as const) {
    const { schedules, warnings } = await read({ triggers: { crons: [cron] } })
    assert.deepEqual(schedules, [{ cron: named, zone: 'UTC' }])
    assert.match(warnings.join('\n'), /counts weekdays from Sunday/)
    assert.deepEqual(daysOf(named, 2), days, cron)
  }
})

test('what counts no weekdays stays as it is', async () => {
  const crons = ['*/5 * * * *', '0 17 * * sun', '1 2 3 4 *', '59 23 LW * *', '0 0 * * */2', '0 0 * * MON#1']
  const { schedules, warnings } = await read({ triggers: { crons } })
  assert.deepEqual(
    schedules,
    crons.map((cron) => ({ cron, zone: 'UTC' })),
  )
  assert.deepEqual(warnings, [])
})

test('in "schedules" they are as cron has them', async () => {
  const { schedules, warnings } = await read({ schedules: ['0 0 * * 1'], triggers: { crons: ['0 0 * * MON'] } })
  assert.deepEqual(
    schedules.map(({ cron }) => daysOf(cron, 1)),
    [['Mon, 05 Jan'], ['Mon, 05 Jan']],
  )
  assert.deepEqual(warnings, [])
})
