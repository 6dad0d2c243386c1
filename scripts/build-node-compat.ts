// Bundles the modules of `src/node-compat` into `build/node-compat`, where the bundler takes them from for workers that may
// have them. What several of them share becomes a file of its own. Does nothing when they were made from the same sources.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { BUILD_FOLDER } from '../src/programs.ts'
import { licensesOf } from './licenses.ts'

const root = join(import.meta.dirname, '..')
const sources = join(root, 'src', 'node-compat')
const folder = join(BUILD_FOLDER, 'node-compat')
const stampFile = join(folder, 'stamp')

function fingerprint(): string {
  const hash = createHash('sha256')
  const files = [
    ...globSync(['src/node-compat/**/*.ts', 'src/guest/**/*.ts'], { cwd: root }),
    'package-lock.json',
    'scripts/build-node-compat.ts',
  ].toSorted()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const stamp = fingerprint()
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0)

/** What `util.inspect` has from the guest, with the classes that exist once only: in the guest. */
const GUEST_CLASSES = /\/(?:dom-exception|blob|file|platform-details)\.ts$/

const modules = globSync('*.ts', { cwd: sources }).filter((file) => !file.endsWith('.d.ts'))
await using bundle = await rolldown({
  input: Object.fromEntries(modules.map((file) => [basename(file, '.ts'), join(sources, file)])),
  platform: 'neutral',
  // Of the guest's built-ins only those that are used: others are not there for workers.
  treeshake: {
    manualPureFunctions: ['uncurryThis', 'uncurryGetter'],
    propertyReadSideEffects: false,
    unknownGlobalSideEffects: false,
  },
  tsconfig: false,
  resolve: { mainFields: ['module', 'main'] },
  plugins: [
    {
      name: 'isopod:guest-classes',
      resolveId: (specifier) => (GUEST_CLASSES.test(specifier) ? join(sources, 'util', 'platform-values.ts') : null),
    },
  ],
})
const { output } = await bundle.generate({ format: 'esm', chunkFileNames: 'shared/[name].js' })
// Two starts at once may both build; a rename leaves whole files, and the stamp comes last.
for (const chunk of output) {
  if (chunk.type !== 'chunk') continue
  mkdirSync(join(folder, 'shared'), { recursive: true })
  const path = join(folder, chunk.fileName)
  writeFileSync(`${path}.${process.pid}`, chunk.code)
  renameSync(`${path}.${process.pid}`, path)
}
const moduleIds = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
writeFileSync(join(folder, 'licenses.txt'), licensesOf(moduleIds))
writeFileSync(stampFile, stamp)
