// Who changed what by the admin API. Never what was sent: a body may hold secrets.
import type { Database } from './database.ts'

export interface AuditEntry {
  readonly actor: string
  /** Method and pattern of the route. */
  readonly action: string
  readonly tenant: string | undefined
  readonly worker: string | undefined
  /** HTTP status of the answer. */
  readonly status: number
}

export interface AuditRow extends AuditEntry {
  readonly number: number
  /** Unix time in milliseconds. */
  readonly time: number
}

export interface AuditFilter {
  /** Of this tenant only. */
  readonly tenant: string | undefined
  readonly limit: number
}

const ROWS_KEPT = 10_000

export class Audit {
  readonly #sql: Database['sql']
  readonly #warn: (message: string) => void
  #hasWarned = false

  /** @param warn - told once for each run of failures */
  constructor(database: Database, warn: (message: string) => void) {
    this.#sql = database.sql
    this.#warn = warn
  }

  /** What has been done is done: a row that cannot be written takes nothing back. */
  add({ action, actor, status, tenant, worker }: AuditEntry): void {
    try {
      this.#sql
        .prepare('INSERT INTO audit (time, actor, action, tenant, worker, status) VALUES (?, ?, ?, ?, ?, ?)')
        .run(Date.now(), actor, action, tenant ?? null, worker ?? null, status)
      this.#sql.exec(`DELETE FROM audit WHERE number <= (SELECT max(number) FROM audit) - ${ROWS_KEPT}`)
      this.#hasWarned = false
    } catch (error) {
      if (!this.#hasWarned) this.#warn(`the audit log could not be written: ${(error as Error).message}`)
      this.#hasWarned = true
    }
  }

  /** Newest first. */
  list({ limit, tenant }: AuditFilter): AuditRow[] {
    return this.#sql
      .prepare('SELECT * FROM audit WHERE ?1 IS NULL OR tenant = ?1 ORDER BY number DESC LIMIT ?2')
      .all(tenant ?? null, limit)
      .map(toRow)
  }
}

function toRow(row: Readonly<Record<string, unknown>>): AuditRow {
  const { tenant, worker } = row
  return {
    number: Number(row['number']),
    time: Number(row['time']),
    actor: String(row['actor']),
    action: String(row['action']),
    tenant: typeof tenant === 'string' ? tenant : undefined,
    worker: typeof worker === 'string' ? worker : undefined,
    status: Number(row['status']),
  }
}
