// `npm run format`: writes the format that `npm run check` asks for.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { status } = spawnSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt'], { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
