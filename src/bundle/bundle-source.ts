// One module given as text, for code that never was a file: an editor's buffer, an `execute` request.
import { basename, isAbsolute } from 'node:path'
import { transformSync } from 'rolldown/utils'
import { IsopodError } from '../errors.ts'
import type { Bundle } from '../version.ts'
import { describeBundlerLog } from './bundler-log.ts'
import { assertParsable, parseModule, staticImports } from './parse-module.ts'
import { describeProblem, positionOfSpecifier } from '../problem-text.ts'
import { assertScriptForm } from './script-form.ts'
import { identityMap, serializeSourceMap } from './source-map.ts'
import type { SourceMapFields } from './source-map.ts'
import { wrapModule } from './wrap-module.ts'

export type SourceLanguage = 'js' | 'ts'

export interface BundleSourceOptions {
  /** Name in stacks and error messages. Default `index.js`, or `index.ts`. */
  readonly filename?: string
  /** Default: by the file name's ending, else `js`. */
  readonly language?: SourceLanguage
}

interface Transpiled {
  readonly code: string
  readonly map: SourceMapFields
}

function transpile(code: string, filename: string): Transpiled {
  assertParsable(code, filename)
  const result = transformSync(filename, code, {
    lang: 'ts',
    sourceType: 'module',
    sourcemap: true,
    target: 'esnext',
    tsconfig: false,
  })
  const [error] = result.errors
  if (error !== undefined) {
    throw new IsopodError(
      'BUNDLE_FAILED',
      describeBundlerLog(error, () => ({ file: filename, source: code })),
    )
  }
  const { mappings, names } = result.map ?? { mappings: '', names: [] }
  return { code: result.code, map: { mappings, names, sources: [filename], sourcesContent: [code] } }
}

function nameOf({ filename, language }: BundleSourceOptions): string {
  if (filename === undefined) return language === 'ts' ? 'index.ts' : 'index.js'
  // Tenants see the name in stacks; the host's folders are not theirs to see.
  return isAbsolute(filename) ? basename(filename) : filename
}

/**
 * Makes a bundle of one module's text. It may not import anything.
 *
 * @throws IsopodError BUNDLE_FAILED with place and reason, INVALID_BUNDLE where the text reads differently as a script.
 *
 * @example
 * const bundle = bundleSource('export default (input: number) => input + 1', { language: 'ts' })
 * await using runtime = createRuntime()
 * await runtime.load({ worker: 'add', bundle })
 * console.log((await runtime.dispatch('add', { type: 'execute', input: 1 })).output) // → 2
 */
export function bundleSource(code: string, options: BundleSourceOptions = {}): Bundle {
  const filename = nameOf(options)
  const source = code.startsWith('\uFEFF') ? code.slice(1) : code
  const language = options.language ?? (/\.[mc]?ts$/.test(filename) ? 'ts' : 'js')
  const { code: moduleCode, map } =
    language === 'ts' ? transpile(source, filename) : { code: source, map: identityMap(filename, source) }

  const module = parseModule(moduleCode, filename)
  const [first] = staticImports(module)
  if (first !== undefined) {
    const reason = `cannot import ${JSON.stringify(first)}: a worker given as text is one module; bundle a project instead`
    const position = positionOfSpecifier(source, first)
    throw new IsopodError('BUNDLE_FAILED', describeProblem(reason, { file: filename, source, position }))
  }
  const { script, prefixLength } = wrapModule(module)
  assertScriptForm(script)
  return { script, parts: {}, sourceMap: serializeSourceMap(map, prefixLength) }
}
