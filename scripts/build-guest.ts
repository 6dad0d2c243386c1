// Bundles `src/guest` into one classic script, `build/guest.js`, which every isolate starts from.
// Does nothing when the bundle was made from the same sources.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { licensesOf } from './licenses.ts'

const root = join(import.meta.dirname, '..')
const output = join(root, 'build', 'guest.js')
const exodus = join(root, 'node_modules', '@exodus', 'bytes')
const encodingTables = join(exodus, 'fallback', 'multi-byte.encodings.json')

function fingerprint(): string {
  const hash = createHash('sha256')
  const files = [
    ...globSync('src/guest/**/*.ts', { cwd: root }),
    ...globSync('src/bridge/*.ts', { cwd: root }),
    'package-lock.json',
    'scripts/build-guest.ts',
  ].toSorted()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const stamp = `// ${fingerprint()}`
if (existsSync(output) && readFileSync(output, 'utf8').startsWith(stamp)) process.exit(0)

/**
 * The bundler's own helpers, where modules of the guest that are loaded late use them: by then a tenant may have replaced
 * `bind` and `call`, or put a `get` on Object.prototype.
 */
const HELPERS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/export var __toCommonJS = [^;]+;/, 'export var __toCommonJS = (mod) => mod;'],
  [
    /export var __name = [^;]+;/,
    'export var __name = (target, value) => __defProp(target, "name", { __proto__: null, value, configurable: true });',
  ],
]
const safeHelpers = {
  name: 'safe-helpers',
  transform(code: string, id: string): string | undefined {
    if (!id.includes('rolldown/runtime')) return undefined
    return HELPERS.reduce((text, [pattern, replacement]) => {
      if (!pattern.test(text)) throw new Error(`the bundler has no helper like ${pattern}`)
      return text.replace(pattern, replacement)
    }, code)
  },
}

const bundle = await rolldown({
  input: join(root, 'src', 'guest', 'main.ts'),
  platform: 'neutral',
  plugins: [safeHelpers],
  tsconfig: false,
  resolve: {
    conditionNames: ['import', 'default'],
    alias: {
      // The tables of multi-byte encodings are 150 KB that few programs need; the host gives them.
      './multi-byte.encodings.cjs': join(root, 'src', 'guest', 'encoding', 'encoding-tables.ts'),
      // The tables of IDNA are 246 KB that the host has already.
      tr46: join(root, 'src', 'guest', 'url', 'domain-to-ascii.ts'),
    },
  },
  transform: {
    // Libraries that run late must not meet a tenant's replacement of these globals.
    inject: {
      TextDecoder: [join(root, 'src', 'guest', 'encoding', 'text-decoder.ts'), 'TextDecoder'],
      TextEncoder: [join(root, 'src', 'guest', 'encoding', 'text-encoder.ts'), 'TextEncoder'],
    },
  },
})
const { output: chunks } = await bundle.generate({
  format: 'iife',
  name: 'isopod',
  codeSplitting: false,
  minify: { compress: true, mangle: true, codegen: true },
  keepNames: true,
})
await bundle.close()
const [chunk] = chunks
// The value of the script is the install function; as an expression it leaves no global behind.
// One character beyond Latin-1 would make V8 keep two bytes for each of the script, in every isolate.
const expression = chunk.code
  .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  .trim()
  .replace(/^var isopod\s*=\s*/, '')
  .replace(/;$/, '')
const script = `${stamp}\n(${expression}).install\n`
mkdirSync(join(root, 'build'), { recursive: true })
writeFileSync(join(root, 'build', 'guest-licenses.txt'), licensesOf(chunk.moduleIds))
writeFileSync(join(root, 'build', 'encoding-tables.json'), readFileSync(encodingTables))
// Two starts at once may both build; a rename leaves one whole file.
writeFileSync(`${output}.${process.pid}`, script)
renameSync(`${output}.${process.pid}`, output)
