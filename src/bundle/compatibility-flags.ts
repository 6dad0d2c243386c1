// The compatibility flags a project asks for in its package.json: `{ "isopod": { "compatibility_flags": ["nodejs_compat"] } }`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IsopodError } from '../errors.ts'
import { COMPATIBILITY_FLAGS } from '../version.ts'
import type { CompatibilityFlag } from '../version.ts'

/** @throws IsopodError INVALID_OPTION for flags there are not */
export function checkCompatibilityFlags(flags: unknown): readonly CompatibilityFlag[] {
  const known: readonly unknown[] = COMPATIBILITY_FLAGS
  if (Array.isArray(flags) && flags.every((flag) => known.includes(flag))) return flags as CompatibilityFlag[]
  throw new IsopodError(
    'INVALID_OPTION',
    `the compatibility flags are ${JSON.stringify(flags)}: they must be a list of ${COMPATIBILITY_FLAGS.join(', ')}`,
  )
}

/** @throws IsopodError INVALID_OPTION */
export function readCompatibilityFlags(root: string): readonly CompatibilityFlag[] {
  const path = join(root, 'package.json')
  if (!existsSync(path)) return []
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // The bundler tells about it, where it needs it.
    return []
  }
  const own = (manifest as { isopod?: { compatibility_flags?: unknown } } | null)?.isopod
  return own?.compatibility_flags === undefined ? [] : checkCompatibilityFlags(own.compatibility_flags)
}
