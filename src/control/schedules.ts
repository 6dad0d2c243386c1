// Workers that run at times of their own. Every tick is run at most once, whatever becomes of this process or its clock: what
// was dealt with is noted first, and what lies at or before the last noted tick is never looked at again. One timer
// serves all schedules.
import { IsopodError } from '../errors.ts'
import type { TaskEnding } from '../wire/control-messages.ts'
import { CronClocks, plainCron, type CronClock } from './cron-clock.ts'
import { RunLine } from './run-line.ts'
import type { MissedPolicy, RunEnding, RunNote, RunOutcome, RunRow, ScheduleRow } from './schedule-store.ts'
import type { ScheduleChanges, ScheduleStore } from './schedule-store.ts'
import type { WorkerName } from './store.ts'
import { TickQueue } from './tick-queue.ts'

export interface SchedulesOptions {
  readonly store: ScheduleStore
  /** Resolves when nothing of the task is left. */
  run(worker: WorkerName, task: { readonly cron: string; readonly scheduledTimeMs: number }): Promise<TaskEnding>
  /** Told what goes wrong while nobody waits for it. */
  failed(message: string): void
  /** Unix time in milliseconds. */
  readonly now?: () => number
}

export interface ScheduleInit {
  readonly cron: string
  readonly zone: string
  readonly missed: MissedPolicy
}

export interface ScheduleStatus extends ScheduleInit {
  /** Undefined where it never comes again. */
  readonly nextMs: number | undefined
  readonly isRunning: boolean
}

interface Schedule extends WorkerName, ScheduleInit {
  readonly clock: CronClock
  lastTickMs: number
  nextMs: number | undefined
}

interface PlannedRun extends WorkerName {
  readonly schedule: Schedule
  readonly note: Pick<RunNote, 'cause' | 'tickMs' | 'throughMs'>
  readonly settled: PromiseWithResolvers<RunEnding>
}

interface EndedRun {
  readonly planned: PlannedRun
  readonly number: number
  readonly endedMs: number
  readonly ending: RunEnding
}

/** The clock may be set, or the machine sleep: then a timer is wrong, and this bounds for how long. */
const LOOK_EVERY_MS = 30_000
/** A tick that is noticed within this time was not missed: control may just have been restarted. Ticks are further apart. */
const ON_TIME_MS = 60_000
const RUNS_AT_ONCE = 100
const RUNS_AT_ONCE_OF_TENANT = 25
const SCHEDULES_OF_WORKER = 50

const ENDING_OF_LOST: RunEnding = {
  outcome: 'hostLost',
  error: { code: 'HOST_LOST', message: 'Control ended while the run was going. How the run ended is not known.' },
}

export class Schedules implements Disposable {
  readonly #options: SchedulesOptions
  readonly #now: () => number
  readonly #clocks = new CronClocks()
  readonly #byWorker = new Map<string, Schedule[]>()
  readonly #ticks = new TickQueue<Schedule>()
  readonly #line = new RunLine<PlannedRun>({ atOnce: RUNS_AT_ONCE, atOnceOfTenant: RUNS_AT_ONCE_OF_TENANT })
  /** Keys of schedules with a run that waits or is going. */
  readonly #busy = new Set<string>()
  #ended: EndedRun[] = []
  #state: 'new' | 'started' | 'closed' = 'new'
  #timer: NodeJS.Timeout | undefined
  #settling: NodeJS.Immediate | undefined

  /** What an earlier process left open is ended. Nothing is run before `start`. */
  constructor(options: SchedulesOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#orTell('Runs that were interrupted could not be ended', () =>
      options.store.endOpenRuns(this.#now(), ENDING_OF_LOST),
    )
    for (const row of options.store.all()) {
      this.#orTell(`A schedule of ${row.tenant}/${row.worker} is left out`, () => this.#keep(row))
    }
  }

  start(): void {
    this.#state = 'started'
    this.look()
  }

  /**
   * The worker's schedules, in place of those it had. One that it has already goes on from its last tick.
   *
   * @throws IsopodError `INVALID_CRON`, `INVALID_OPTION`, `STORE_FAILED`; then nothing has changed
   */
  set(worker: WorkerName, inits: readonly ScheduleInit[]): void {
    const before = new Map(this.#of(worker).map((schedule) => [keyOf(schedule), schedule]))
    const rows = new Map<string, ScheduleRow>()
    for (const { cron, missed, zone } of inits) {
      const { tenant, worker: name } = worker
      const row = { tenant, worker: name, cron: plainCron(cron), zone, missed, lastTickMs: this.#now() }
      const key = keyOf(row)
      this.#clocks.get(row)
      if (rows.has(key)) throw invalid(`The schedule "${row.cron}" in ${zone} is there twice.`)
      rows.set(key, { ...row, lastTickMs: before.get(key)?.lastTickMs ?? row.lastTickMs })
    }
    if (rows.size > SCHEDULES_OF_WORKER) throw invalid(`A worker has at most ${SCHEDULES_OF_WORKER} schedules.`)
    writing(() => this.#options.store.set(worker, [...rows.values()]))
    this.forget(worker)
    for (const row of rows.values()) this.#keep(row)
    this.#arm()
  }

  list(worker: WorkerName): ScheduleStatus[] {
    return this.#of(worker).map((schedule) => {
      const { cron, missed, nextMs, zone } = schedule
      return { cron, zone, missed, nextMs, isRunning: this.#busy.has(keyOf(schedule)) }
    })
  }

  /** The latest runs, newest first. */
  history(worker: WorkerName): RunRow[] {
    return this.#options.store.history(worker)
  }

  /** The worker is no more, and the store knows that already. */
  forget(worker: WorkerName): void {
    for (const schedule of this.#of(worker)) this.#ticks.delete(schedule)
    this.#byWorker.delete(nameOf(worker))
  }

  /**
   * Runs a schedule now, beside its ticks. Resolves with how that ended: `overlapped` where a run of it is going already.
   *
   * @param cron - may be left out where the worker has only one
   * @throws IsopodError `INVALID_OPTION` where that names none of the worker's schedules, or more than one; `STORE_FAILED`
   */
  async trigger(worker: WorkerName, cron?: string): Promise<RunEnding & { readonly cron: string }> {
    const wanted = cron === undefined ? undefined : plainCron(cron)
    const all = this.#of(worker)
    const [schedule, other] = all.filter((candidate) => wanted === undefined || candidate.cron === wanted)
    if (schedule === undefined) {
      throw invalid(
        wanted === undefined ? 'The worker has no schedule.' : `The worker has no schedule ${JSON.stringify(wanted)}.`,
      )
    }
    if (other !== undefined && wanted === undefined)
      throw invalid('The worker has several schedules: name one, as "cron".')
    const nowMs = this.#now()
    const note = { cause: 'manual', tickMs: nowMs, throughMs: undefined } as const
    if (this.#busy.has(keyOf(schedule))) {
      writing(() => this.#pass(schedule, note, 'overlapped'))
      return { cron: schedule.cron, outcome: 'overlapped' }
    }
    const planned = this.#plan(schedule, note)
    this.#settle()
    return { cron: schedule.cron, ...(await planned.settled.promise) }
  }

  /** Starts what is due by the clock. The timer does this, at the latest every half a minute. */
  look(): void {
    if (this.#state !== 'started') return
    const nowMs = this.#now()
    const passed: ScheduleChanges['passed'][number][] = []
    for (const schedule of this.#ticks.take(nowMs)) {
      this.#orTell(`The schedule "${schedule.cron}" of ${nameOf(schedule)} is left out`, () => {
        const note = this.#meet(schedule, nowMs)
        if (note !== undefined) passed.push(note)
        if (schedule.nextMs !== undefined) this.#ticks.set(schedule, schedule.nextMs)
      })
    }
    this.#settle(passed)
    this.#arm()
  }

  [Symbol.dispose](): void {
    this.#state = 'closed'
    clearTimeout(this.#timer)
    clearImmediate(this.#settling)
  }

  #of(worker: WorkerName): readonly Schedule[] {
    return this.#byWorker.get(nameOf(worker)) ?? []
  }

  #keep(row: ScheduleRow): void {
    const clock = this.#clocks.get(row)
    const schedule: Schedule = { ...row, clock, nextMs: clock.next(row.lastTickMs) }
    this.#byWorker.set(nameOf(row), [...this.#of(row), schedule])
    if (schedule.nextMs !== undefined) this.#ticks.set(schedule, schedule.nextMs)
  }

  /** Its next tick is past. Returns what is to be noted where that comes to no run. */
  #meet(schedule: Schedule, nowMs: number): ScheduleChanges['passed'][number] | undefined {
    const { clock, lastTickMs, missed, nextMs = nowMs } = schedule
    const onTimeMs = clock.next(Math.max(lastTickMs, nowMs - ON_TIME_MS)) ?? Infinity
    const isOnTime = onTimeMs <= nowMs
    const tickMs = isOnTime ? onTimeMs : Math.max(nextMs, clock.latest(nowMs) ?? nextMs)
    schedule.lastTickMs = tickMs
    schedule.nextMs = clock.next(tickMs)
    const note = { cause: isOnTime ? 'tick' : 'missed', tickMs, throughMs: tickMs } as const
    if (!isOnTime && missed === 'skip') return noteOf(schedule, { ...note, outcome: 'missed', startedMs: nowMs })
    if (this.#busy.has(keyOf(schedule))) {
      return noteOf(schedule, { ...note, outcome: 'overlapped', startedMs: nowMs })
    }
    this.#plan(schedule, note)
    return undefined
  }

  #plan(schedule: Schedule, note: PlannedRun['note']): PlannedRun {
    const { tenant, worker } = schedule
    const planned: PlannedRun = { tenant, worker, schedule, note, settled: Promise.withResolvers() }
    // Only who asked for the run hears of it.
    planned.settled.promise.catch(() => undefined)
    this.#busy.add(keyOf(schedule))
    this.#line.add(planned)
    return planned
  }

  #pass(schedule: Schedule, note: PlannedRun['note'], outcome: RunOutcome): void {
    const passed = noteOf(schedule, { ...note, outcome, startedMs: this.#now() })
    this.#options.store.write({ starts: [], passed: [passed], ends: [] })
  }

  /** Notes what has ended, what passes, and what begins; then begins it. A tick that cannot be noted is not run. */
  #settle(passed: ScheduleChanges['passed'] = []): void {
    const ended = this.#ended
    const starting = this.#line.take().filter((planned) => this.#isWanted(planned))
    if (ended.length + passed.length + starting.length === 0) return
    const startedMs = this.#now()
    const starts = starting.map(({ note, schedule }) => noteOf(schedule, { ...note, startedMs }))
    try {
      const numbers = this.#options.store.write({ starts, passed, ends: ended })
      this.#ended = []
      for (const [index, planned] of starting.entries()) void this.#run(planned, numbers[index] ?? 0)
    } catch (error) {
      // What has ended is noted with what comes next.
      this.#options.failed(`schedules could not be noted, and were not run: ${messageOf(error)}`)
      for (const planned of starting) {
        this.#leave(planned)
        planned.settled.reject(storeFailed(error))
      }
    }
    for (const { ending, planned } of ended) planned.settled.resolve(ending)
  }

  /** Not where it has been taken away while it waited. */
  #isWanted(planned: PlannedRun): boolean {
    if (this.#of(planned).some((schedule) => keyOf(schedule) === keyOf(planned.schedule))) return true
    this.#leave(planned)
    planned.settled.resolve({ outcome: 'canceled' })
    return false
  }

  async #run(planned: PlannedRun, number: number): Promise<void> {
    const { cron, tenant, worker } = planned.schedule
    const task = { cron, scheduledTimeMs: planned.note.tickMs }
    const ending = await this.#options.run({ tenant, worker }, task).catch((error: unknown): RunEnding => {
      this.#options.failed(`a run of ${tenant}/${worker} could not be followed: ${messageOf(error)}`)
      return ENDING_OF_LOST
    })
    this.#leave(planned)
    this.#ended.push({ planned, number, endedMs: this.#now(), ending })
    if (this.#state === 'closed') return
    // What ends together is noted together.
    this.#settling ??= setImmediate(() => {
      this.#settling = undefined
      this.#settle()
    })
  }

  #leave({ schedule, tenant }: PlannedRun): void {
    this.#busy.delete(keyOf(schedule))
    this.#line.left(tenant)
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const { earliestMs } = this.#ticks
    if (this.#state !== 'started' || earliestMs === undefined) return
    const waitMs = Math.min(LOOK_EVERY_MS, Math.max(0, earliestMs - this.#now()))
    this.#timer = setTimeout(() => this.look(), waitMs)
  }

  #orTell(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#options.failed(`${what}: ${messageOf(error)}`)
    }
  }
}

function noteOf<T>(
  { cron, tenant, worker, zone }: Schedule,
  note: T,
): T & Pick<RunNote, keyof WorkerName | 'cron' | 'zone'> {
  return { ...note, tenant, worker, cron, zone }
}

/** @throws IsopodError `STORE_FAILED` */
function writing(work: () => void): void {
  try {
    work()
  } catch (error) {
    throw storeFailed(error)
  }
}

function storeFailed(error: unknown): IsopodError {
  return new IsopodError('STORE_FAILED', `The state could not be written: ${messageOf(error)}.`, { cause: error })
}

function invalid(message: string): IsopodError {
  return new IsopodError('INVALID_OPTION', message)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function nameOf({ tenant, worker }: WorkerName): string {
  return `${tenant}/${worker}`
}

function keyOf({ cron, tenant, worker, zone }: WorkerName & Pick<ScheduleInit, 'cron' | 'zone'>): string {
  return `${tenant}/${worker} ${zone} ${cron}`
}
