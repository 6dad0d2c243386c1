// `npm run check`: types, lint, format, dead code. Every step runs, so that one run shows all that is wrong.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const steps: [name: string, script: string, ...args: string[]][] = [
  ['types: host', 'typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['types: guest', 'typescript/bin/tsc', '-p', 'src/guest/tsconfig.json'],
  ['types: node-compat', 'typescript/bin/tsc', '-p', 'src/node-compat/tsconfig.json'],
  ['types: dashboard', 'typescript/bin/tsc', '-p', 'dashboard/tsconfig.json'],
  ['types: examples', 'typescript/bin/tsc', '-p', 'examples/tsconfig.json'],
  ['lint', 'oxlint/bin/oxlint', '--deny-warnings'],
  ['format', 'oxfmt/bin/oxfmt', '--check'],
  ['dead code', 'knip/bin/knip.js'],
]

let failed = 0
for (const [name, script, ...args] of steps) {
  process.stdout.write(`── ${name}\n`)
  const { status } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) failed += 1
}
process.stdout.write(failed === 0 ? 'check: all passed\n' : `check: ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
