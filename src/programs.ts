// Where the programs lie that Isopod starts as processes and threads of their own. Each is one file, made by
// `scripts/build-programs.ts`: a host that imported its hundred sources one by one would take three times as long to start.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Program → its source. */
export const PROGRAMS = {
  host: 'host/process/main.ts',
  'watchdog-thread': 'host/watch/watchdog-thread.ts',
  control: 'server/control-process.ts',
  'kv-store': 'control/kv/kv-thread.ts',
  'deploy-entries': 'cli/deploy-entries-process.ts',
  'compile-scripts': 'isolate/code-cache-process.ts',
  'probe-sandbox': 'supervisor/sandbox/probe.ts',
  'read-programs': 'backend/program/program-process.ts',
  'deno-program': 'backend/deno/deno-program.ts',
  'deno-worker': 'backend/deno/deno-worker.ts',
  'bundle-source': 'backend/source/source-process.ts',
  'make-guest-cache': 'isolate/make-guest-cache.ts',
} as const

export type ProgramName = keyof typeof PROGRAMS

/**
 * What a host consists of is made as CommonJS: Node starts it without the loader for ES modules, and without the copy of
 * every export of every module of its own, which would load half of the web platform into a process that has no use for it.
 */
const AS_COMMON_JS: ReadonlySet<ProgramName> = new Set(['host', 'watchdog-thread'])

/** The folder of the package: that of the sources, and of what was built of them. */
const PACKAGE_FOLDER: string = findPackage(dirname(fileURLToPath(import.meta.url)))
export const BUILD_FOLDER: string = join(PACKAGE_FOLDER, 'build')

export function programPath(name: ProgramName): string {
  return join(BUILD_FOLDER, 'programs', `${name}.${programFormat(name) === 'cjs' ? 'cjs' : 'js'}`)
}

export function programFormat(name: ProgramName): 'cjs' | 'esm' {
  return AS_COMMON_JS.has(name) ? 'cjs' : 'esm'
}

function findPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder
  return findPackage(dirname(folder))
}
