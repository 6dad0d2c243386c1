import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'

const EVERY_MINUTE = daily({ cron: '* * * * *' })

test('a tick during a run of the same schedule is skipped, and on record', async () => {
  using started = startSchedules({ now: '2026-03-10T11:00:30Z', runs: 'stay' })
  started.schedules.set(WORKER, [EVERY_MINUTE, daily({ cron: '*/2 * * * *' })])
  started.at('2026-03-10T11:01:00Z')
  started.at('2026-03-10T11:02:00Z')
  assert.deepEqual(
    started.runs.map(({ cron, time }) => [cron, time]),
    [
      ['* * * * *', '2026-03-10T11:01:00.000Z'],
      ['*/2 * * * *', '2026-03-10T11:02:00.000Z'],
    ],
  )
  const own = started.schedules.history(WORKER).filter(({ cron }) => cron === '* * * * *')
  assert.deepEqual(
    own.map(({ outcome }) => outcome),
    ['overlapped', null],
  )
  await started.runs[0]?.end({ outcome: 'exception', error: { code: 'WORKER_EXCEPTION', message: 'no' } })
  started.at('2026-03-10T11:03:00Z')
  assert.equal(started.runs.at(-1)?.time, '2026-03-10T11:03:00.000Z')
  assert.deepEqual(started.schedules.history(WORKER).at(-1)?.error, { code: 'WORKER_EXCEPTION', message: 'no' })
})

test('runs that are asked for keep to that too', async () => {
  using started = startSchedules({ now: '2026-03-10T11:00:30Z', runs: 'stay' })
  started.schedules.set(WORKER, [EVERY_MINUTE])
  const first = started.schedules.trigger(WORKER)
  assert.deepEqual(await started.schedules.trigger(WORKER), { cron: '* * * * *', outcome: 'overlapped' })
  started.at('2026-03-10T11:01:00Z')
  assert.equal(started.runs.length, 1)
  await started.runs[0]?.end()
  assert.deepEqual(await first, { cron: '* * * * *', outcome: 'ok' })
  started.at('2026-03-10T11:02:00Z')
  assert.deepEqual(started.times(), ['2026-03-10T11:00:30.000Z', '2026-03-10T11:02:00.000Z'])
})

test('what is asked for must be one of the schedules', async () => {
  using started = startSchedules({ now: '2026-03-10T11:00:30Z' })
  await assert.rejects(started.schedules.trigger(WORKER), { code: 'INVALID_OPTION', message: /no schedule/ })
  started.schedules.set(WORKER, [EVERY_MINUTE, daily()])
  await assert.rejects(started.schedules.trigger(WORKER), { code: 'INVALID_OPTION', message: /several/ })
  await assert.rejects(started.schedules.trigger(WORKER, '1 * * * *'), { code: 'INVALID_OPTION' })
  assert.equal((await started.schedules.trigger(WORKER, '0  12 * * *')).outcome, 'ok')
})
