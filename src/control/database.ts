// The SQLite files of an installation: its state, and what KV namespaces hold. Write-ahead logging: a kill at any moment
// leaves the state before a change or after it. Control is the only process that opens them.
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
 * @param migrations - how it came to its present shape; the state's unless given
 * @throws IsopodError `STORE_FAILED` where a later release has written it
 */
export function openDatabase(path: string, migrations: readonly string[] = MIGRATIONS): Database {
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
        // A full disk has rolled it back already.
        if (sql.isTransaction) sql.exec('ROLLBACK')
        throw error
      }
    },
    [Symbol.dispose]: () => sql.close(),
  }
  migrate(database, { path, migrations })
  return database
}

interface Shape {
  readonly path: string
  readonly migrations: readonly string[]
}

function migrate({ sql, transaction }: Database, { migrations, path }: Shape): void {
  const done = Number(sql.prepare('PRAGMA user_version').get()?.['user_version'])
  if (done > migrations.length) {
    sql.close()
    const message = `${path} was written by a later release of Isopod. Use that one, or another data directory.`
    throw new IsopodError('STORE_FAILED', message)
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < done) continue
    transaction(() => {
      sql.exec(migration)
      sql.exec(`PRAGMA user_version = ${index + 1}`)
    })
  }
}
