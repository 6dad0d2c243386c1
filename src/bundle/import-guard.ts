// A rolldown plugin that refuses what a worker cannot have: Node's modules, and files that are not the project's.
import { realpathSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { isAbsolute } from 'node:path'
import type { Plugin } from 'rolldown'
import { splitQuery } from './part-names.ts'
import { describeProblem, positionOfSpecifier } from '../problem-text.ts'
import { isNodeCompatFile, nodeCompatFile, nodeModuleRefusal } from './node-compat.ts'
import type { ProjectFiles } from './project-files.ts'
import { queryByRule } from './part-rules.ts'
import type { CompatibilityFlag, PartRule } from '../version.ts'

function refusal(files: ProjectFiles, importer: string, specifier: string, reason: string): Error {
  const { file, source } = files.show(importer)
  const position = source === undefined ? undefined : positionOfSpecifier(source, specifier)
  return new Error(describeProblem(`cannot import ${JSON.stringify(specifier)}: ${reason}`, { file, source, position }))
}

function notFound(specifier: string, flags: readonly CompatibilityFlag[]): string {
  if (isBuiltin(specifier)) return nodeModuleRefusal(specifier, flags)
  if (specifier.startsWith('cloudflare:')) return "workers have no modules of Cloudflare's here"
  return /^[./]/.test(specifier) ? 'there is no such file' : 'there is no such package; is it installed?'
}

function withoutQuery(id: string): string {
  return id.split('?', 1)[0] ?? id
}

interface ImportRules {
  readonly flags: readonly CompatibilityFlag[]
  readonly partRules: readonly PartRule[]
}

export function importGuard(files: ProjectFiles, { flags, partRules }: ImportRules): Plugin {
  return {
    name: 'isopod:import-guard',
    async resolveId(name, importer, { kind, isEntry }) {
      if (importer === undefined) return null
      const { path: specifier, query } = splitQuery(name)
      const own = flags.includes('nodejs_compat') ? nodeCompatFile(specifier) : undefined
      if (own !== undefined) return { id: own }
      if (isNodeCompatFile(importer)) return null
      // A bare `events` or `buffer` may be an npm package of that name; with `node:` it never is.
      const resolved = specifier.startsWith('node:')
        ? null
        : await this.resolve(specifier, importer, { kind, isEntry, skipSelf: true })
      if (resolved === null) {
        const reason = notFound(specifier, flags)
        if (kind === 'import-statement') throw refusal(files, importer, specifier, reason)
        // Libraries try `require("crypto")` or `import("node:fs")` and do without: those fail when they run. The bundler
        // knows whether a `require` is inside a `try`, and warns where it is not.
        if (kind !== 'dynamic-import') return null
        this.warn(refusal(files, importer, specifier, `${reason}; it will throw if it runs`).message)
        return { id: specifier, external: true }
      }
      if (resolved.external !== false) {
        throw refusal(files, importer, specifier, 'it is not a file, and a worker has nothing to load it from')
      }
      const path = withoutQuery(resolved.id)
      // Modules that the bundler makes up have no path.
      if (isAbsolute(path) && !files.admits(realpathSync(path), { importer: withoutQuery(importer), specifier })) {
        throw refusal(files, importer, specifier, 'it is outside the project, which is the folder with package.json')
      }
      const isPart = query !== '' || !isAbsolute(path)
      return { ...resolved, id: resolved.id + (isPart ? query : queryByRule(files.displayName(path), partRules)) }
    },
  }
}
