// What is remembered of schedules: each with the last tick that was dealt with, and the latest runs. A tick is noted before
// it is run, in the transaction that adds its run: whenever the process is killed, no tick runs twice.
import type { StatementSync } from 'node:sqlite'
import type { Outcome } from '../outcome.ts'
import type { FailureText } from '../wire/control-messages.ts'
import type { Database } from './database.ts'
import type { WorkerName } from './store.ts'

export type MissedPolicy = 'skip' | 'once'

/** Why a run is there: its time came, its time had passed meanwhile, or somebody asked for it. */
export type RunCause = 'tick' | 'missed' | 'manual'

/** `overlapped`: the run before was still going. `missed`: the time had passed, and the schedule does not make up for it. */
export type RunOutcome = Outcome | 'overlapped' | 'missed'

/** Times are Unix times in milliseconds. */
export interface ScheduleRow extends WorkerName {
  readonly cron: string
  readonly zone: string
  readonly missed: MissedPolicy
  readonly lastTickMs: number
}

export interface RunNote extends WorkerName {
  readonly cron: string
  readonly zone: string
  readonly cause: RunCause
  readonly tickMs: number
  readonly startedMs: number
  /** Every tick up to here is dealt with. Undefined where that is as it was. */
  readonly throughMs: number | undefined
}

export interface RunEnding {
  readonly outcome: RunOutcome
  readonly error?: FailureText
}

export interface RunRow extends Omit<RunNote, 'throughMs' | keyof WorkerName> {
  /** Null while it is going. */
  readonly endedMs: number | null
  readonly outcome: RunOutcome | null
  readonly error: FailureText | null
}

export interface ScheduleChanges {
  readonly starts: readonly RunNote[]
  /** Ticks that come to no run. */
  readonly passed: readonly (RunNote & { readonly outcome: RunOutcome })[]
  readonly ends: readonly { readonly number: number; readonly endedMs: number; readonly ending: RunEnding }[]
}

const RUNS_KEPT = 100
const MAX_MESSAGE_LENGTH = 2_000

export class ScheduleStore {
  readonly #database: Database
  readonly #moveOn: StatementSync
  readonly #insertRun: StatementSync
  readonly #forgetOld: StatementSync
  readonly #endRun: StatementSync

  constructor(database: Database) {
    const { sql } = database
    this.#database = database
    this.#moveOn = sql.prepare(
      'UPDATE schedules SET last_tick = ? WHERE tenant = ? AND worker = ? AND cron = ? AND zone = ?',
    )
    this.#insertRun = sql.prepare(
      'INSERT INTO schedule_runs (tenant, worker, cron, zone, cause, tick, started) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    // What is still going stays: it is to be ended.
    this.#forgetOld = sql.prepare(
      `DELETE FROM schedule_runs WHERE tenant = ? AND worker = ? AND ended IS NOT NULL AND number <=
       (SELECT number FROM schedule_runs WHERE tenant = ? AND worker = ? ORDER BY number DESC LIMIT 1 OFFSET ${RUNS_KEPT})`,
    )
    this.#endRun = sql.prepare('UPDATE schedule_runs SET ended = ?, outcome = ?, error = ? WHERE number = ?')
  }

  all(): ScheduleRow[] {
    return this.#database.sql
      .prepare('SELECT * FROM schedules ORDER BY cron, zone, tenant, worker')
      .all()
      .map((row) => ({
        tenant: String(row['tenant']),
        worker: String(row['worker']),
        cron: String(row['cron']),
        zone: String(row['zone']),
        missed: row['missed'] as MissedPolicy,
        lastTickMs: Number(row['last_tick']),
      }))
  }

  /** In place of those it had. */
  set({ tenant, worker }: WorkerName, rows: readonly ScheduleRow[]): void {
    const { sql, transaction } = this.#database
    const insert = sql.prepare('INSERT INTO schedules VALUES (?, ?, ?, ?, ?, ?)')
    transaction(() => {
      sql.prepare('DELETE FROM schedules WHERE tenant = ? AND worker = ?').run(tenant, worker)
      for (const { cron, lastTickMs, missed, zone } of rows) insert.run(tenant, worker, cron, zone, missed, lastTickMs)
    })
  }

  /** All of it or, where it throws, nothing. Returns the numbers of the runs that start. */
  write({ ends, passed, starts }: ScheduleChanges): number[] {
    return this.#database.transaction(() => {
      for (const { endedMs, ending, number } of ends) this.#end(number, { endedMs, ending })
      for (const { outcome, ...note } of passed) {
        this.#end(this.#add(note), { endedMs: note.startedMs, ending: { outcome } })
      }
      return starts.map((note) => this.#add(note))
    })
  }

  /** Of a process that was killed. */
  endOpenRuns(endedMs: number, { error, outcome }: RunEnding): void {
    this.#database.sql
      .prepare('UPDATE schedule_runs SET ended = ?, outcome = ?, error = ? WHERE ended IS NULL')
      .run(endedMs, outcome, textOf(error))
  }

  /** Newest first. */
  history({ tenant, worker }: WorkerName): RunRow[] {
    return this.#database.sql
      .prepare(`SELECT * FROM schedule_runs WHERE tenant = ? AND worker = ? ORDER BY number DESC LIMIT ${RUNS_KEPT}`)
      .all(tenant, worker)
      .map((row) => ({
        cron: String(row['cron']),
        zone: String(row['zone']),
        cause: row['cause'] as RunCause,
        tickMs: Number(row['tick']),
        startedMs: Number(row['started']),
        endedMs: row['ended'] as number | null,
        outcome: row['outcome'] as RunOutcome | null,
        error: row['error'] === null ? null : (JSON.parse(String(row['error'])) as FailureText),
      }))
  }

  #add({ cause, cron, startedMs, tenant, throughMs, tickMs, worker, zone }: RunNote): number {
    if (throughMs !== undefined) this.#moveOn.run(throughMs, tenant, worker, cron, zone)
    const { lastInsertRowid } = this.#insertRun.run(tenant, worker, cron, zone, cause, tickMs, startedMs)
    this.#forgetOld.run(tenant, worker, tenant, worker)
    return Number(lastInsertRowid)
  }

  #end(number: number, { endedMs, ending }: { readonly endedMs: number; readonly ending: RunEnding }): void {
    this.#endRun.run(endedMs, ending.outcome, textOf(ending.error), number)
  }
}

function textOf(error: FailureText | undefined): string | null {
  if (error === undefined) return null
  const { code, message } = error
  return JSON.stringify({ code, message: message.slice(0, MAX_MESSAGE_LENGTH) })
}
