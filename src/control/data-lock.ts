// One control for each folder of state, on whatever machine or in whatever container: two would give the same numbers to
// different versions. The lock is the kernel's, by way of SQLite, so it goes with the process however that ends.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

/** Returns whether the folder is this process's now, until it ends. */
export function lockDataFolder(folder: string): boolean {
  try {
    locked = new DatabaseSync(join(folder, 'lock'))
    locked.exec('PRAGMA busy_timeout = 2000; BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}

/** A database that nobody refers to is closed. */
let locked: DatabaseSync | undefined
