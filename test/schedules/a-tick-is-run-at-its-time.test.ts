import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../src/control/database.ts'
import { ScheduleStore } from '../../src/control/schedule-store.ts'
import { Schedules } from '../../src/control/schedules.ts'
import { daily, startSchedules, WORKER } from '../support/schedules.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a tick is run when its time has come, once, and the next one after that', async () => {
  using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
  started.schedules.set(WORKER, [daily()])
  assert.equal(started.schedules.list(WORKER)[0]?.nextMs, Date.parse('2026-03-10T12:00:00Z'))
  started.at('2026-03-10T11:59:59.999Z')
  assert.deepEqual(started.times(), [])
  started.at('2026-03-10T12:00:00Z')
  started.at('2026-03-10T12:00:00.001Z')
  started.at('2026-03-10T12:00:30Z')
  assert.deepEqual(started.times(), ['2026-03-10T12:00:00.000Z'])
  await started.runs[0]?.end()
  started.at('2026-03-11T12:00:00.500Z')
  assert.deepEqual(started.times(), ['2026-03-10T12:00:00.000Z', '2026-03-11T12:00:00.000Z'])
  assert.equal(started.runs[1]?.cron, '0 12 * * *')
  await started.runs[1].end()
  assert.deepEqual(started.outcomes(), ['ok', 'ok'])
})

test('its own timer runs it', async () => {
  // The clock stands right before a full minute, and goes on from there by itself.
  const setMs = Date.parse('2026-03-10T11:59:59.950Z')
  const startMs = performance.now()
  const ran = Promise.withResolvers<number>()
  using dir = tmpDir()
  using database = openDatabase(join(dir.path, 'isopod.db'))
  using schedules = new Schedules({
    store: new ScheduleStore(database),
    run: async (_worker, { scheduledTimeMs }) => {
      ran.resolve(scheduledTimeMs)
      return { outcome: 'ok' }
    },
    failed: (message) => ran.reject(new Error(message)),
    now: () => setMs + Math.floor(performance.now() - startMs),
  })
  schedules.start()
  schedules.set(WORKER, [daily({ cron: '*/1 * * * *' })])
  assert.equal(await ran.promise, Date.parse('2026-03-10T12:00:00Z'))
})

test('schedules that are replaced come no more; those that stay go on where they were', () => {
  using started = startSchedules({ now: '2026-03-10T11:00:00Z' })
  started.schedules.set(WORKER, [daily(), daily({ cron: '30 12 * * *' })])
  started.at('2026-03-10T12:00:05Z')
  started.schedules.set(WORKER, [daily({ missed: 'once' }), daily({ cron: '45 12 * * *' })])
  started.at('2026-03-10T12:00:10Z')
  started.at('2026-03-10T12:30:00Z')
  started.at('2026-03-10T12:45:00Z')
  assert.deepEqual(started.times(), ['2026-03-10T12:00:00.000Z', '2026-03-10T12:45:00.000Z'])
  started.schedules.set(WORKER, [])
  started.at('2026-03-11T12:00:00Z')
  started.restart('2026-03-12T12:00:00Z')
  assert.equal(started.runs.length, 2)
})
