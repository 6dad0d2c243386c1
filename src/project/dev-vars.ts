// Secrets of a worker on the developer's machine, which a configuration file is no place for: lines of NAME=value.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The first that is there is read. */
const NAMES = ['.dev.vars', '.env'] as const

/** Nothing where the folder has no such file. */
export function readDevVars(folder: string): Record<string, string> {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path))
  return file === undefined ? {} : (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>)
}
