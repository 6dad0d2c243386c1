// Bundles each program of `src/programs.ts` into one file, `build/programs/<name>.js` or `.cjs`. npm packages stay where they are.
// Does nothing when the programs were made from the same sources.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { BUILD_FOLDER, programFormat, PROGRAMS, programPath } from '../src/programs.ts'

const root = join(import.meta.dirname, '..')

function fingerprint(): string {
  const hash = createHash('sha256')
  const files = [
    ...globSync('src/**/*.ts', { cwd: root, exclude: ['src/guest/**', 'src/node-compat/**'] }),
    'scripts/build-programs.ts',
  ].toSorted()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const stamp = `// ${fingerprint()}`
const names = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]
const isFresh = names.every((name) => {
  const path = programPath(name)
  return existsSync(path) && readFileSync(path, 'utf8').startsWith(stamp)
})
if (isFresh) process.exit(0)

mkdirSync(join(BUILD_FOLDER, 'programs'), { recursive: true })
for (const name of names) {
  await using bundle = await rolldown({
    input: join(root, 'src', PROGRAMS[name]),
    platform: 'node',
    external: /^[^./]/,
    tsconfig: false,
  })
  const { output } = await bundle.generate({ format: programFormat(name), codeSplitting: false, keepNames: true })
  const path = programPath(name)
  // Two starts at once may both build; a rename leaves one whole file.
  writeFileSync(`${path}.${process.pid}`, `${stamp}\n${output[0].code}`)
  renameSync(`${path}.${process.pid}`, path)
}
