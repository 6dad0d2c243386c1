// Bundles `src/guest`: `build/guest.js` is the classic script every isolate starts from, `build/guest-parts.json` what an
// instance asks its host for when a program first needs it (see `src/guest/parts.ts`).
// Does nothing when they were made from the same sources.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { type InputOptions, type OutputChunk, type OutputOptions, type Plugin, rolldown } from 'rolldown'
import { licensesOf } from './licenses.ts'

const root = join(import.meta.dirname, '..')
const guestFolder = join(root, 'src', 'guest')
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
 * The bundler's own helpers, as they must be for modules that are evaluated late: by then a tenant may have replaced any
 * global, or put a `get` on Object.prototype.
 */
const HELPERS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/export var __toCommonJS = [^;]+;/, 'export var __toCommonJS = (mod) => mod;'],
  [
    /export var __name = [^;]+;/,
    'export var __name = (target, value) => __defProp(target, "name", { __proto__: null, value, configurable: true });',
  ],
  [
    /export var __commonJSMin = [^;]+;/,
    `export var __commonJSMin = (evaluate, mod) => () => {
      if (mod === undefined) evaluate((mod = { exports: { __proto__: null } }).exports, mod)
      return mod.exports
    };`,
  ],
  [
    /export var __exportAll = [\s\S]+?\n\}\n?;?(?=\n(?:export )?var|\n*$)/,
    `export var __exportAll = (all) => {
      const target = { __proto__: null }
      const keys = __ownKeys(all)
      for (let i = 0; i < keys.length; i++) __defProp(target, keys[i], { __proto__: null, get: all[keys[i]], enumerable: true })
      return target
    };\n`,
  ],
]

const PRIMORDIALS = 'src/guest/primordials.ts'

/** @param builtIns - object the helpers take their built-ins from, by the names of `src/guest/primordials.ts` */
function helpersPlugin(builtIns: string): Plugin {
  const source = [/var __defProp = [^;]+;/, `var __defProp = ${builtIns}.ObjectDefineProperty;`] as const
  const keys = [/__ownKeys/, `${builtIns}.ReflectOwnKeys`] as const
  return {
    name: 'safe-helpers',
    transform(code, id) {
      if (!id.includes('rolldown/runtime')) return undefined
      return [source, ...HELPERS, keys].reduce((text, [pattern, replacement]) => {
        if (!pattern.test(text)) throw new Error(`the bundler has no helper like ${pattern}`)
        return text.replace(pattern, replacement)
      }, code)
    },
  }
}

const common: InputOptions = {
  platform: 'neutral',
  tsconfig: false,
  resolve: {
    conditionNames: ['import', 'default'],
    alias: {
      // The tables of multi-byte encodings are 150 KB that few programs need; the host gives them.
      './multi-byte.encodings.cjs': join(guestFolder, 'encoding', 'encoding-tables.ts'),
      // The tables of IDNA are 246 KB that the host has already.
      tr46: join(guestFolder, 'url', 'domain-to-ascii.ts'),
    },
  },
  transform: {
    // Libraries that run late must not meet a tenant's replacement of these globals.
    inject: {
      TextDecoder: [join(guestFolder, 'encoding', 'text-decoder.ts'), 'TextDecoder'],
      TextEncoder: [join(guestFolder, 'encoding', 'text-encoder.ts'), 'TextEncoder'],
    },
  },
}

async function build(
  input: NonNullable<InputOptions['input']>,
  plugins: Plugin[],
  as: OutputOptions,
): Promise<OutputChunk[]> {
  await using bundle = await rolldown({ ...common, input, plugins })
  const { output: files } = await bundle.generate({ keepNames: true, ...as })
  return files.filter((file) => file.type === 'chunk')
}

const MINIFY = { compress: true, mangle: true, codegen: true }

/** The script every instance has. @param shared - source of the module `isopod:shared` */
async function buildMain(shared: string): Promise<OutputChunk> {
  const plugin: Plugin = {
    name: 'shared',
    resolveId: (source) => (source === 'isopod:shared' ? source : undefined),
    load: (id) => (id === 'isopod:shared' ? shared : undefined),
  }
  const helpers = helpersPlugin('({ ObjectDefineProperty: Object.defineProperty, ReflectOwnKeys: Reflect.ownKeys })')
  const [chunk] = await build(join(guestFolder, 'main.ts'), [helpers, plugin], {
    format: 'iife',
    name: 'isopod',
    codeSplitting: false,
    minify: MINIFY,
  })
  if (chunk === undefined) throw new Error('the guest has no script')
  return chunk
}

/** Path from `src/guest` → file, of all modules that `loadPart` is called with. */
function findParts(): Record<string, string> {
  const parts: Record<string, string> = {}
  for (const file of globSync('**/*.ts', { cwd: guestFolder })) {
    for (const [, part] of readFileSync(join(guestFolder, file), 'utf8').matchAll(/\bloadPart\('([^']+)'\)/g)) {
      if (part !== undefined) parts[part] = join(guestFolder, part)
    }
  }
  return parts
}

/** Modules of `main` are not repeated in the parts: these require them by name. */
function externalPlugin(main: ReadonlySet<string>): Plugin {
  return {
    name: 'shared-modules',
    async resolveId(source, importer, options) {
      if (importer === undefined) return undefined
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      return resolved !== null && main.has(resolved.id)
        ? { id: `guest:${relative(root, resolved.id)}`, external: true }
        : undefined
    },
  }
}

function buildParts(main: ReadonlySet<string>, as: OutputOptions): Promise<OutputChunk[]> {
  const helpers = helpersPlugin('__primordials')
  return build(findParts(), [helpers, externalPlugin(main)], {
    entryFileNames: '[name]',
    chunkFileNames: 'common/[name].ts',
    esModule: false,
    generatedCode: { symbols: false },
    ...as,
  })
}

/** The module that gives parts what they use of modules of `main`. Bindings that change are read each time. */
function sharedModule(parts: readonly OutputChunk[]): string {
  const used = new Map([[PRIMORDIALS, new Set(['ObjectDefineProperty', 'ReflectOwnKeys'])]])
  for (const { code } of parts) {
    for (const [, names = '', id = ''] of code.matchAll(/^import \{([^}]*)\} from "guest:([^"]+)";$/gm)) {
      const bindings = names.split(',').map((name) => name.trim().split(' as ')[0] as string)
      used.set(id, new Set([...(used.get(id) ?? []), ...bindings]))
    }
    if (/from "guest:/.test(code.replace(/^import \{[^}]*\} from "guest:[^"]+";$/gm, ''))) {
      throw new Error('a part imports a module of the guest as a whole')
    }
  }
  const modules = [...used].map(([id, names], index) => ({ id, names: [...names], alias: `m${index}` }))
  const imports = modules.map(({ id, alias }) => `import * as ${alias} from ${JSON.stringify(join(root, id))}`)
  const cases = modules.map(({ id, names, alias }) => {
    const source = readFileSync(join(root, id), 'utf8')
    const members = names.map((name) =>
      source.includes(`export let ${name}`) ? `get ${name}() { return ${alias}.${name} }` : `${name}: ${alias}.${name}`,
    )
    return `case ${JSON.stringify(id)}: return { __proto__: null, __esModule: true, ${members.join(', ')} }`
  })
  return `${imports.join('\n')}\nexport function shared(module) { switch (module) { ${cases.join('\n')} } }`
}

/** One character beyond Latin-1 would make V8 keep two bytes for each of the script, in every isolate. */
function toAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).trim()
}

const { moduleIds: mainIds } = await buildMain('export function shared() {}')
const mainModules = new Set(mainIds)
const main = await buildMain(sharedModule(await buildParts(mainModules, { format: 'es' })))
const parts = await buildParts(mainModules, { format: 'cjs', minify: MINIFY })

// The value of the script is the install function; as an expression it leaves no global behind.
const expression = toAscii(main.code)
  .replace(/^var isopod\s*=\s*/, '')
  .replace(/;$/, '')
const script = `${stamp}\n(${expression}).install\n`
mkdirSync(join(root, 'build'), { recursive: true })
const moduleIds = [main, ...parts].flatMap((chunk) => chunk.moduleIds)
writeFileSync(join(root, 'build', 'guest-licenses.txt'), licensesOf(moduleIds))
writeFileSync(join(root, 'build', 'encoding-tables.json'), readFileSync(encodingTables))
writeWhole(
  join(root, 'build', 'guest-parts.json'),
  JSON.stringify(Object.fromEntries(parts.map((part) => [part.fileName, partScript(part)]))),
)
writeWhole(output, script)

function partScript({ fileName, code }: OutputChunk): string {
  const body = toAscii(code)
    // One name for each part, whoever requires it.
    .replace(
      /\brequire\(([`"'])(\.[^`"']+)\1\)/g,
      (_call, _quote, path: string) => `require("${posix.join(posix.dirname(fileName), path)}")`,
    )
    .replace(
      /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g,
      (_call, name: string, value: string) => `define(exports,"${name}",()=>${value})`,
    )
  if (body.includes('Object.defineProperty(exports')) throw new Error(`${fileName} exports in an unknown way`)
  // Only the bundler's helpers name it.
  const prefix = body.includes('__primordials') ? `const __primordials = require("guest:${PRIMORDIALS}");` : ''
  return `(function (exports, require, define) {${prefix}${body}\n})\n//# sourceURL=isopod:guest/${fileName}`
}

/** Two starts at once may both build; a rename leaves one whole file. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}
