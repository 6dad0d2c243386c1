// A project on disk, with its npm dependencies, as one bundle.
import { isAbsolute, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import type { InputOptions, OutputChunk, RolldownBuild } from 'rolldown'
import { IsopodError } from '../errors.ts'
import type { Bundle, CompatibilityFlag, Part, PartRule } from '../version.ts'
import { describeBundlerLog } from './bundler-log.ts'
import { checkCompatibilityFlags, readCompatibilityFlags } from './compatibility-flags.ts'
import type { BundlerLog } from './bundler-log.ts'
import { importGuard } from './import-guard.ts'
import { nestingGuard } from './nesting-guard.ts'
import { holdsFrames, isNodeCompatFile, globalProcess, NODE_GLOBALS } from './node-compat.ts'
import { parseModule } from './parse-module.ts'
import { partImports } from './part-imports.ts'
import type { LoadedPart } from './part-imports.ts'
import { ProjectFiles } from './project-files.ts'
import { locateProject } from './project-root.ts'
import { assertScriptForm } from './script-form.ts'
import { serializeSourceMap } from './source-map.ts'
import { insertTexts } from './text-insertions.ts'
import { trackFrames } from './track-frames.ts'
import { BUNDLE_URL, wrapModule } from './wrap-module.ts'

export interface BundleProjectOptions {
  /** The module that exports the handlers; relative to `root` where one is given, else to the current folder. */
  readonly entry: string
  /** Nothing outside this folder is taken in, npm packages aside. Default: the folder above the entry with a package.json or node_modules. */
  readonly root?: string
  /** Default false: stacks and profiles of readable code are worth more than its size. */
  readonly minify?: boolean
  /** Default true. False keeps code as it is written, what nobody uses included: a debugger finds every variable and every line. */
  readonly treeshake?: boolean
  /**
   * `nodejs_compat`: the worker and its packages may import some of Node's modules (`docs/nodejs-compat.md`). Default: the
   * `isopod.compatibility_flags` of the project's package.json, else none.
   */
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
  /** Files that are imported as text, data or WebAssembly beyond those that are by their ending. The first that applies counts. */
  readonly partRules?: readonly PartRule[]
}

export interface BundledProject {
  readonly bundle: Bundle
  /** Absolute paths of the files that went into the bundle, sorted. */
  readonly watchFiles: readonly string[]
  readonly warnings: readonly string[]
}

const RESOLVE: NonNullable<InputOptions['resolve']> = {
  // `import`, `require` and `default` are added by the bundler, by the kind of import.
  conditionNames: ['workerd', 'worker', 'browser', 'module'],
  mainFields: ['module', 'browser', 'main'],
}

/** A disposal that waits becomes an `await` that can be seen; see `track-frames.ts`. */
const TARGET_WITHOUT_USING = 'es2025'

const DEFINE = { 'process.env.NODE_ENV': '"production"', 'import.meta.url': JSON.stringify(BUNDLE_URL) }

function toBuildFailure(error: unknown, files: ProjectFiles): IsopodError {
  if (error instanceof IsopodError) return error
  const problems: readonly BundlerLog[] =
    error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [error as BundlerLog]
  const texts = problems.map((problem) => files.scrub(describeBundlerLog(problem, (id) => files.show(id))))
  return new IsopodError('BUNDLE_FAILED', [...new Set(texts)].join('\n\n'))
}

async function generateChunk(build: RolldownBuild, root: string, minify: boolean): Promise<OutputChunk> {
  const { output } = await build.generate({
    // Never written; the source map's paths are relative to it.
    dir: root,
    // The other formats refuse top-level await.
    format: 'esm',
    codeSplitting: false,
    sourcemap: 'hidden',
    keepNames: true,
    minify,
  })
  return output[0]
}

function withFrames({ code, map, moduleIds }: OutputChunk): { readonly code: string; readonly mappings: string } {
  const mappings = map?.mappings ?? ''
  if (!holdsFrames(moduleIds)) return { code, mappings }
  return insertTexts(code, trackFrames(parseModule(code, 'worker.js')), mappings)
}

function toBundle(chunk: OutputChunk, files: ProjectFiles, loaded: ReadonlyMap<string, LoadedPart>): Bundle {
  const { code, mappings } = withFrames(chunk)
  const module = parseModule(code, 'worker.js')
  const { script, prefixLength } = wrapModule(module)
  assertScriptForm(script)

  const parts: Record<string, Part> = {}
  for (const id of chunk.moduleIds) {
    const entry = loaded.get(id)
    if (entry !== undefined) parts[entry.name] = entry.part
  }
  if (chunk.map === null) return { script, parts }
  const { names, sourcesContent } = chunk.map
  const sources = chunk.map.sources.map((source) => files.displayName(resolve(files.root, source)))
  return { script, parts, sourceMap: serializeSourceMap({ mappings, names, sources, sourcesContent }, prefixLength) }
}

function toWatchFiles(ids: readonly string[]): string[] {
  const files = ids.map((id) => id.split('?', 1)[0] ?? id).filter((file) => isAbsolute(file) && !isNodeCompatFile(file))
  return [...new Set(files)].toSorted()
}

/**
 * Bundles a TypeScript or JavaScript project with its npm dependencies.
 *
 * Packages are resolved as for other workers: conditions `workerd`, `worker`, `browser`. `.txt`, `.html`, `.md` and `.sql`
 * import as strings, `.bin` and `.data` as ArrayBuffers, `.wasm` as WebAssembly.Modules.
 *
 * @throws IsopodError ENTRY_NOT_FOUND, INVALID_OPTION, or BUNDLE_FAILED with file, line, column and reason.
 *
 * @example
 * const { bundle, warnings } = await bundleProject({ entry: 'src/index.ts' })
 * console.log(Object.keys(bundle.parts).length, warnings.length) // → 0 0
 */
export async function bundleProject(options: BundleProjectOptions): Promise<BundledProject> {
  const { entry, root } = locateProject(options.entry, options.root)
  const files = new ProjectFiles(root)
  const parts = new Map<string, LoadedPart>()
  const warnings: string[] = []
  const flags =
    options.compatibilityFlags === undefined
      ? readCompatibilityFlags(root)
      : checkCompatibilityFlags(options.compatibilityFlags)
  const { partRules = [] } = options
  const hasNode = flags.includes('nodejs_compat')
  try {
    await using build = await rolldown({
      input: entry,
      cwd: root,
      platform: 'browser',
      resolve: RESOLVE,
      treeshake: options.treeshake ?? true,
      transform: hasNode
        ? {
            define: { ...DEFINE, ...NODE_GLOBALS.define },
            inject: NODE_GLOBALS.inject,
            target: TARGET_WITHOUT_USING,
          }
        : { define: DEFINE },
      plugins: [
        nestingGuard(files),
        partImports(files, parts),
        importGuard(files, { flags, partRules }),
        ...(hasNode ? [globalProcess] : []),
      ],
      experimental: { attachDebugInfo: 'none' },
      onLog: (level, log) => {
        if (level === 'warn') warnings.push(files.scrub(describeBundlerLog(log, (id) => files.show(id))))
      },
    })
    const chunk = await generateChunk(build, root, options.minify ?? false)
    return { bundle: toBundle(chunk, files, parts), watchFiles: toWatchFiles(await build.watchFiles), warnings }
  } catch (error) {
    throw toBuildFailure(error, files)
  }
}
