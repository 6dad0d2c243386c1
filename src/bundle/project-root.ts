// Where a project begins: the folder with the package.json (or node_modules) nearest to its entry.
import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { IsopodError } from '../errors.ts'
import { isInside } from './project-files.ts'

interface ProjectLocation {
  /** Real path of the entry file. */
  readonly entry: string
  /** Real path of the project's folder. */
  readonly root: string
}

function findRoot(entry: string): string {
  const start = dirname(entry)
  let folder = start
  while (!existsSync(join(folder, 'package.json')) && !existsSync(join(folder, 'node_modules'))) {
    const parent = dirname(folder)
    if (parent === folder) return start
    folder = parent
  }
  return folder
}

/**
 * `entry` is relative to `root` where one is given, else to the current folder.
 *
 * @throws IsopodError ENTRY_NOT_FOUND, or INVALID_OPTION where the entry is not in the root.
 */
export function locateProject(entry: string, root?: string): ProjectLocation {
  const path = resolve(root ?? '.', entry)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new IsopodError('ENTRY_NOT_FOUND', `the entry file ${entry} does not exist`)
  if (!stats.isFile())
    throw new IsopodError(
      'ENTRY_NOT_FOUND',
      `the entry ${entry} is a folder; give its file, like ${join(entry, 'src/index.ts')}`,
    )
  const realEntry = realpathSync(path)
  if (root === undefined) return { entry: realEntry, root: findRoot(realEntry) }
  const rootStats = statSync(root, { throwIfNoEntry: false })
  if (rootStats?.isDirectory() !== true)
    throw new IsopodError('INVALID_OPTION', `the project root ${root} is not a folder`)
  const realRoot = realpathSync(root)
  if (!isInside(realRoot, realEntry))
    throw new IsopodError('INVALID_OPTION', `the entry ${entry} is not in the project root ${root}`)
  return { entry: realEntry, root: realRoot }
}
