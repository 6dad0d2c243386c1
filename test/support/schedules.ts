// Schedules on a real database, with a clock that goes when the test says so, and runs that end likewise.
import { join } from 'node:path'
import { openDatabase } from '../../src/control/database.ts'
import { ScheduleStore } from '../../src/control/schedule-store.ts'
import { Schedules, type ScheduleInit } from '../../src/control/schedules.ts'
import type { TaskEnding } from '../../src/wire/control-messages.ts'
import { tmpDir } from './tmp-dir.ts'

export const WORKER = { tenant: 'acme', worker: 'jobs' }

export interface StartedRun {
  readonly worker: string
  readonly cron: string
  /** Of the tick, as ISO text. */
  readonly time: string
  end(ending?: TaskEnding): Promise<void>
}

export interface TestSchedules extends Disposable {
  readonly schedules: Schedules
  readonly runs: readonly StartedRun[]
  readonly failures: readonly string[]
  /** The times of the runs so far. */
  times(): readonly string[]
  /** The clock is set, and looked at. */
  at(time: string): void
  /** As after a kill: what was going on is forgotten, and another process opens the same database. */
  restart(time: string): void
  /** Outcomes on record, oldest first. */
  outcomes(): readonly string[]
}

export interface TestSchedulesOptions {
  readonly now: string
  /** Runs end at once, unless the test ends them. */
  readonly runs?: 'end' | 'stay'
}

export function startSchedules({ now, runs: ends = 'end' }: TestSchedulesOptions): TestSchedules {
  const dir = tmpDir()
  const runs: StartedRun[] = []
  const failures: string[] = []
  let nowMs = Date.parse(now)
  const run = async (
    { worker }: { readonly worker: string },
    { cron, scheduledTimeMs }: { readonly cron: string; readonly scheduledTimeMs: number },
  ): Promise<TaskEnding> => {
    const ended = Promise.withResolvers<TaskEnding>()
    const end = async (ending: TaskEnding = { outcome: 'ok' }): Promise<void> => {
      ended.resolve(ending)
      // What has ended is noted at the end of the turn.
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    }
    runs.push({ worker, cron, time: new Date(scheduledTimeMs).toISOString(), end })
    if (ends === 'end') ended.resolve({ outcome: 'ok' })
    return ended.promise
  }
  const open = (): { readonly database: Disposable; readonly schedules: Schedules } => {
    const database = openDatabase(join(dir.path, 'isopod.db'))
    const store = new ScheduleStore(database)
    const failed = (message: string): void => void failures.push(message)
    const schedules = new Schedules({ store, run, failed, now: () => nowMs })
    schedules.start()
    return { database, schedules }
  }
  const close = (): void => {
    current.schedules[Symbol.dispose]()
    current.database[Symbol.dispose]()
  }
  let current = open()
  return {
    get schedules() {
      return current.schedules
    },
    runs,
    failures,
    times: () => runs.map(({ time }) => time),
    at(time) {
      nowMs = Date.parse(time)
      current.schedules.look()
    },
    restart(time) {
      close()
      nowMs = Date.parse(time)
      current = open()
    },
    outcomes: () =>
      current.schedules
        .history(WORKER)
        .map(({ outcome }) => String(outcome))
        .toReversed(),
    [Symbol.dispose]() {
      close()
      dir[Symbol.dispose]()
    },
  }
}

export function daily(settings: Partial<ScheduleInit> = {}): ScheduleInit {
  return { cron: '0 12 * * *', zone: 'UTC', missed: 'skip', ...settings }
}
