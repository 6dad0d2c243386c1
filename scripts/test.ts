// `npm test [-- file…]`: every test, or those named. Each file is a process of its own, started with the engine's flags.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../src/isolate/engine-flags.ts'

const root = join(import.meta.dirname, '..')
const named = process.argv.slice(2)
const files = named.length > 0 ? named : globSync('test/**/*.test.ts', { cwd: root }).toSorted()
const { status } = spawnSync(process.execPath, [...ENGINE_FLAGS, '--test', '--test-timeout=120000', ...files], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
