// The one SQLite file of an installation. Write-ahead logging: a kill at any moment leaves the state before a change or
// after it. Control is the only process that opens it.
import { DatabaseSync } from 'node:sqlite'
import { IsopodError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'

export interface Database extends Disposable {
  readonly sql: DatabaseSync
  /** All of the work's changes, or none where it throws. */
  transaction<T>(work: () => T): T
}

/**
 * @param path - of the file; made where it does not exist
 * @throws IsopodError `STORE_FAILED` where a later release has written it
 */
export function openDatabase(path: string): Database {
  const sql = new DatabaseSync(path)
  sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON')
  const database: Database = {
    sql,
    transaction(work) {
      sql.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        sql.exec('COMMIT')
        return result
      } catch (error) {
        sql.exec('ROLLBACK')
        throw error
      }
    },
    [Symbol.dispose]: () => sql.close(),
  }
  migrate(database, path)
  return database
}

function migrate({ sql, transaction }: Database, path: string): void {
  const done = Number(sql.prepare('PRAGMA user_version').get()?.['user_version'])
  if (done > MIGRATIONS.length) {
    sql.close()
    const message = `${path} was written by a later release of Isopod. Use that one, or another data directory.`
    throw new IsopodError('STORE_FAILED', message)
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < done) continue
    transaction(() => {
      sql.exec(migration)
      sql.exec(`PRAGMA user_version = ${index + 1}`)
    })
  }
}
