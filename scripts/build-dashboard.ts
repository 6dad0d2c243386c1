// Builds the dashboard's pages into `build/dashboard`, when their sources have changed since.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stampFile = join(root, 'build', 'dashboard', '.stamp')

const sources = [
  ...globSync('dashboard/{*.*,public/*.*,src/**/*.*}', { cwd: root }),
  // What the pages share with the server.
  ...globSync('src/{client,server/api,wire}/**/*.ts', { cwd: root }),
  'package-lock.json',
].toSorted()
const hash = createHash('sha256')
for (const source of sources) hash.update(source).update(readFileSync(join(root, source)))
const stamp = hash.digest('hex')

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'dashboard'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(stampFile, stamp)
}
