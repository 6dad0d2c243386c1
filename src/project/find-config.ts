// Which file configures the worker of a folder.
import { statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { IsopodError } from '../errors.ts'

/** The first that is there is read. */
const NAMES = ['isopod.jsonc', 'isopod.json', 'wrangler.jsonc', 'wrangler.json'] as const
const TOML = 'wrangler.toml'

interface FoundConfig {
  /** Absolute. */
  readonly file: string
  readonly format: 'isopod' | 'wrangler'
  readonly warnings: readonly string[]
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/**
 * @param file - relative to the folder; without it the folder is searched
 * @throws IsopodError `CONFIG_NOT_FOUND`, or `CONFIG_INVALID` where there is TOML only
 */
export function findConfig(folder: string, file?: string): FoundConfig {
  if (file !== undefined) {
    const path = resolve(folder, file)
    if (path.endsWith('.toml')) throw tomlOnly(basename(path))
    if (!isFile(path)) throw new IsopodError('CONFIG_NOT_FOUND', `The configuration file ${file} does not exist.`)
    return { file: path, format: formatOf(path), warnings: [] }
  }
  const present = [...NAMES, TOML].filter((name) => isFile(join(folder, name)))
  const [name, ...others] = present
  if (name === undefined) {
    throw new IsopodError(
      'CONFIG_NOT_FOUND',
      `${folder} has no configuration of a worker: none of ${NAMES.join(', ')}.`,
    )
  }
  if (name === TOML) throw tomlOnly(TOML)
  const warnings = others.length === 0 ? [] : [`${name} is read, and not ${others.join(', ')} beside it.`]
  return { file: join(folder, name), format: formatOf(name), warnings }
}

function formatOf(path: string): 'isopod' | 'wrangler' {
  return basename(path).startsWith('wrangler') ? 'wrangler' : 'isopod'
}

function tomlOnly(name: string): IsopodError {
  const text = `${name} is TOML, which is not read: convert it to wrangler.jsonc (the keys are the same), or write isopod.jsonc.`
  return new IsopodError('CONFIG_INVALID', text)
}
