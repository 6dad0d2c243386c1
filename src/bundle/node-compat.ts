// Node's modules that a worker may have with the compatibility flag `nodejs_compat`: which there are, where they lie, and
// what stands for Node's globals. A worker's bundle holds those that it imports, and no others.
import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Plugin } from 'rolldown'
import { BUILD_FOLDER } from '../programs.ts'
import type { CompatibilityFlag } from '../version.ts'

/** Import, without `node:`, to the file in `build/node-compat`. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ['async_hooks', 'async_hooks.js'],
  ['buffer', 'buffer.js'],
  ['events', 'events.js'],
  ['path', 'path.js'],
  ['path/posix', 'path.js'],
  ['process', 'process.js'],
  ['util', 'util.js'],
])

const FOLDER = join(BUILD_FOLDER, 'node-compat') + sep

/** Modules are told of by their real paths. */
function realFolder(): string {
  resolvedFolder ??= realpathSync(FOLDER) + sep
  return resolvedFolder
}
let resolvedFolder: string | undefined

export function isNodeCompatFile(file: string): boolean {
  return file.startsWith(FOLDER) || file.startsWith(realFolder())
}

/** `node:util` for the file that stands for it. */
export function nameOfNodeCompatFile(file: string): string {
  return `node:${file.slice(file.lastIndexOf(sep) + 1).replace(/\.js$/, '')}`
}

/** Writes `node:util` in a text that is not ours for the path of its file, seen from `root` as well. */
export function scrubNodeCompatPaths(text: string, root: string): string {
  let result = text
  for (const folder of [FOLDER, realFolder()]) {
    // The whole path may be the end of the one seen from `root`.
    for (const shown of [relative(root, folder) + sep, folder]) {
      const parts = result.split(shown)
      result = parts.shift() + parts.map((part) => `node:${part.replace(/\.js\b/, '')}`).join('')
    }
  }
  return result
}

/** Whether the bundle holds the functions that `track-frames.ts` is for. */
export function holdsFrames(moduleIds: readonly string[]): boolean {
  const file = join(FOLDER, 'async_hooks.js')
  return moduleIds.some((id) => id === file || id === join(realFolder(), 'async_hooks.js'))
}

/** The file for an import of a module of Node's, with or without `node:`. */
export function nodeCompatFile(specifier: string): string | undefined {
  const file = MODULES.get(specifier.replace(/^node:/, ''))
  return file === undefined ? undefined : FOLDER + file
}

/** Why a module of Node's cannot be imported, and what could. */
export function nodeModuleRefusal(specifier: string, flags: readonly CompatibilityFlag[]): string {
  if (flags.includes('nodejs_compat')) {
    const names = [...MODULES.keys()].map((name) => `node:${name}`).join(', ')
    return `workers do not have this module of Node's; nodejs_compat gives them ${names}`
  }
  const reason = "workers have web APIs, not Node's modules"
  if (nodeCompatFile(specifier) === undefined) return reason
  return `${reason}; the compatibility flag "nodejs_compat" would give them this one`
}

const NAMES_GLOBAL_PROCESS = /\bglobalThis\s*(?:\.\s*process\b|\[\s*(["'])process\1\s*\])/

/**
 * For modules that look for `process` on the global object, and put another in its place there, as bundles do that wrangler
 * has made: it is there before their first line.
 */
export const globalProcess: Plugin = {
  name: 'isopod:global-process',
  transform(code, id) {
    if (isNodeCompatFile(id) || !NAMES_GLOBAL_PROCESS.test(code)) return undefined
    // On the first line, so that all others stay where they are.
    return {
      code: `import isopodProcess from 'node:process'; globalThis.process ??= isopodProcess; ${code}`,
      map: null,
    }
  },
}

/** Node's globals, for code that names them. */
export const NODE_GLOBALS: {
  readonly inject: Record<string, string | [string, string]>
  readonly define: Record<string, string>
} = {
  inject: { Buffer: ['node:buffer', 'Buffer'], process: 'node:process' },
  define: { global: 'globalThis' },
}
