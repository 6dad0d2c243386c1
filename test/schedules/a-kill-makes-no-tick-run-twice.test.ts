import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../src/control/database.ts'
import { ScheduleStore } from '../../src/control/schedule-store.ts'
import { Schedules } from '../../src/control/schedules.ts'
import { root } from '../support/doc-examples.ts'
import { daily, WORKER } from '../support/schedules.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** A process that is killed when it is about to have the tick run. */
const KILLED = `
import { openDatabase } from '${root}/src/control/database.ts'
import { ScheduleStore } from '${root}/src/control/schedule-store.ts'
import { Schedules } from '${root}/src/control/schedules.ts'
let now = Date.parse('2026-03-10T11:59:00Z')
const schedules = new Schedules({
  store: new ScheduleStore(openDatabase(process.argv[2])),
  run: () => process.kill(process.pid, 'SIGKILL'),
  failed: (message) => { throw new Error(message) },
  now: () => now,
})
schedules.set(${JSON.stringify(WORKER)}, [${JSON.stringify(daily({ missed: 'once' }))}])
schedules.start()
now = Date.parse('2026-03-10T12:00:01Z')
schedules.look()
`

test('a tick that was noted is not run by the next process, and its run is on record as lost', () => {
  using dir = tmpDir({ 'killed.ts': KILLED })
  const path = join(dir.path, 'isopod.db')
  const { signal, stderr } = spawnSync(process.execPath, [join(dir.path, 'killed.ts'), path], { encoding: 'utf8' })
  assert.equal(signal, 'SIGKILL', stderr)
  using database = openDatabase(path)
  let runs = 0
  using schedules = new Schedules({
    store: new ScheduleStore(database),
    run: async () => {
      runs += 1
      return { outcome: 'ok' }
    },
    failed: assert.fail,
    now: () => Date.parse('2026-03-10T12:00:02Z'),
  })
  schedules.start()
  assert.equal(runs, 0)
  const [run] = schedules.history(WORKER)
  assert.equal(run?.outcome, 'hostLost')
  assert.equal(run.error?.code, 'HOST_LOST')
  assert.equal(run.tickMs, Date.parse('2026-03-10T12:00:00Z'))
  assert.equal(schedules.list(WORKER)[0]?.nextMs, Date.parse('2026-03-11T12:00:00Z'))
})

test('a tick that cannot be noted is not run', () => {
  using dir = tmpDir()
  using database = openDatabase(join(dir.path, 'isopod.db'))
  let nowMs = Date.parse('2026-03-10T11:00:00Z')
  const failures: string[] = []
  using schedules = new Schedules({
    store: new ScheduleStore(database),
    run: () => assert.fail('it ran'),
    failed: (message) => void failures.push(message),
    now: () => nowMs,
  })
  schedules.start()
  schedules.set(WORKER, [daily()])
  database.sql.exec('PRAGMA query_only = 1')
  nowMs = Date.parse('2026-03-10T12:00:00Z')
  schedules.look()
  assert.equal(failures.length, 1)
  assert.match(failures[0] ?? '', /could not be noted/)
  assert.throws(() => schedules.set(WORKER, []), { code: 'STORE_FAILED' })
})
