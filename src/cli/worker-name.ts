// The name a worker gets from its entry file when none is given.
import { basename, dirname, extname, resolve } from 'node:path'
import { IsopodError } from '../errors.ts'

export interface EntryArgument {
  readonly name: string
  readonly entry: string
}

/**
 * `api=src/api.ts` names the worker; `examples/hello/src/index.ts` is called after its folder: `hello`. Names are in lower
 * case, as the host names they become part of are.
 */
function parseEntryArgument(argument: string): EntryArgument {
  const named = /^([A-Za-z0-9][\w-]*)=(.+)$/.exec(argument)
  if (named !== null) return { name: (named[1] as string).toLowerCase(), entry: named[2] as string }
  return { name: nameOfEntry(resolve(argument)), entry: argument }
}

const GENERIC = new Set(['index', 'main', 'worker', 'mod', 'src', 'dist'])

function nameOfEntry(path: string): string {
  let name = basename(path, extname(path))
  for (let folder = dirname(path); GENERIC.has(name) && folder !== dirname(folder); folder = dirname(folder)) {
    name = basename(folder)
  }
  const label = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
  return label.replaceAll(/^-|-$/g, '') || 'worker'
}

/** @throws IsopodError `INVALID_OPTION` when two entries would have one name */
export function parseEntryArguments(entries: readonly string[]): readonly EntryArgument[] {
  const parsed = entries.map(parseEntryArgument)
  const names = new Set<string>()
  for (const { name } of parsed) {
    if (names.has(name)) {
      throw new IsopodError(
        'INVALID_OPTION',
        `Two workers would be called "${name}"; name them: ${name}=<entry> other=<entry>.`,
      )
    }
    names.add(name)
  }
  return parsed
}
