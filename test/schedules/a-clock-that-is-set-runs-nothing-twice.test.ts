import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'

const HOURLY = daily({ cron: '0 * * * *' })

test('a clock that is set back runs no tick again, even by another process', async () => {
  using started = startSchedules({ now: '2026-03-10T11:30:00Z' })
  started.schedules.set(WORKER, [HOURLY])
  started.at('2026-03-10T12:00:00Z')
  await started.runs[0]?.end()
  started.at('2026-03-10T11:10:00Z')
  started.at('2026-03-10T12:00:00Z')
  started.restart('2026-03-10T11:50:00Z')
  started.at('2026-03-10T12:00:01Z')
  assert.deepEqual(started.times(), ['2026-03-10T12:00:00.000Z'])
  started.at('2026-03-10T13:00:00Z')
  assert.equal(started.times()[1], '2026-03-10T13:00:00.000Z')
})

test('what a clock that is set forward jumps over was missed', async () => {
  using started = startSchedules({ now: '2026-03-10T11:30:00Z' })
  started.schedules.set(WORKER, [HOURLY, daily({ cron: '0-30/5 * * * *', missed: 'once' })])
  started.at('2026-03-10T15:45:00Z')
  assert.deepEqual(
    started.runs.map(({ cron, time }) => [cron, time]),
    [['0-30/5 * * * *', '2026-03-10T15:30:00.000Z']],
  )
  await started.runs[0]?.end()
  assert.deepEqual(started.outcomes().toSorted(), ['missed', 'ok'])
  // And when it is set right again, nothing comes a second time.
  started.at('2026-03-10T12:00:00Z')
  assert.equal(started.runs.length, 1)
  started.at('2026-03-10T16:00:00Z')
  assert.equal(started.runs.length, 3)
})
