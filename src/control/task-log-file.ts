// The tasks of the log, in a file of their own: for operators who want to know, after control was started again, what happened
// before. A crash of the machine may cost the latest.
import type { LoggedTask } from './task-log.ts'
import { openDatabase } from './database.ts'

export interface TaskLogFile extends Disposable {
  add(tasks: readonly LoggedTask[]): void
  /** Newest last. */
  latest(count: number): readonly LoggedTask[]
}

const MIGRATIONS = ['CREATE TABLE tasks (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT']
/** Deleting now and then costs less than each time. */
const SLACK = 1000

/** @param kept - most tasks; the oldest go first */
export function openTaskLogFile(path: string, kept: number): TaskLogFile {
  const { sql, transaction, ...database } = openDatabase(path, MIGRATIONS)
  sql.exec('PRAGMA synchronous = NORMAL')
  const insert = sql.prepare('INSERT INTO tasks (body) VALUES (?)')
  const select = sql.prepare('SELECT body FROM tasks ORDER BY number DESC LIMIT ?')
  const forget = sql.prepare('DELETE FROM tasks WHERE number <= (SELECT max(number) FROM tasks) - ?')
  let added = 0
  return {
    add(tasks) {
      transaction(() => {
        for (const task of tasks) insert.run(JSON.stringify(task))
        added += tasks.length
        if (added < SLACK) return
        added = 0
        forget.run(kept)
      })
    },
    latest: (count) =>
      select
        .all(Math.min(count, kept))
        .map((row) => JSON.parse(String(row['body'])) as LoggedTask)
        .toReversed(),
    [Symbol.dispose]: database[Symbol.dispose],
  }
}
