// Which files a bundle may take in, and what they are called in it. A dependency that could name any file of the
// machine, with a way to import text, would carry the developer's keys into the bundle. So: a project's files import
// within the project, a package's files within the package, and one gets from one to another only by node_modules.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { ShownSource } from './bundler-log.ts'
import { isNodeCompatFile, nameOfNodeCompatFile, scrubNodeCompatPaths } from './node-compat.ts'

/** `folder` and `file` are real paths. */
export function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

/** `@scope/name/file.js` → `@scope/name`. */
function packageName(specifier: string): string | undefined {
  return /^(?:@[^/\\]+\/)?[^@./\\#][^/\\]*/.exec(specifier)?.[0]
}

/** The package a path is in, by the last `node_modules` in it. */
function packageOfPath(file: string): { name: string; folder: string } | undefined {
  const marker = `${sep}node_modules${sep}`
  const at = file.lastIndexOf(marker)
  if (at < 0) return undefined
  const start = at + marker.length
  const name = packageName(file.slice(start).replaceAll(sep, '/'))
  return name === undefined ? undefined : { name, folder: file.slice(0, start + name.length) }
}

/** The real folder that Node would find `name` in, seen from `importer`. */
function findPackage(name: string, importer: string): string | undefined {
  let folder = dirname(importer)
  for (;;) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(candidate)) return realpathSync(candidate)
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

export class ProjectFiles {
  readonly root: string
  /** Packages outside the project's folder (workspaces, a hoisted node_modules): folder → name. */
  readonly #packages = new Map<string, string>()

  constructor(root: string) {
    this.root = root
  }

  /** Whether `importer` may take in `file`, both real paths, by the name `specifier`. */
  admits(file: string, by: { readonly importer: string; readonly specifier: string }): boolean {
    if (isInside(this.#ownerOf(by.importer), file)) return true
    for (const name of [packageName(by.specifier), packageOfPath(file)?.name]) {
      const folder = name === undefined ? undefined : findPackage(name, by.importer)
      if (name === undefined || folder === undefined || !isInside(folder, file)) continue
      this.#packages.set(folder, name)
      return true
    }
    return false
  }

  /** The folder whose files `file` may import by path. */
  #ownerOf(file: string): string {
    let owner = packageOfPath(file)?.folder ?? ''
    for (const folder of [this.root, ...this.#packages.keys()]) {
      if (folder.length > owner.length && isInside(folder, file)) owner = folder
    }
    return owner
  }

  /** A file's name in scripts, maps and messages: relative to the project, or to a node_modules. */
  displayName(file: string): string {
    if (isNodeCompatFile(file)) return nameOfNodeCompatFile(file)
    const name = this.#displayPath(file)
    return name.replaceAll(sep, '/')
  }

  #displayPath(file: string): string {
    if (isInside(this.root, file)) return relative(this.root, file)
    const found = packageOfPath(file)
    if (found !== undefined) return join('node_modules', found.name, relative(found.folder, file))
    for (const [folder, name] of this.#packages) {
      if (isInside(folder, file)) return join('node_modules', name, relative(folder, file))
    }
    return file.slice(file.lastIndexOf(sep) + 1)
  }

  /** A module id as it is shown, with the text of its file where there is one. */
  show(id: string): ShownSource {
    const [path = id] = id.split('?', 1)
    if (!isAbsolute(path)) return { file: path.replaceAll('\0', '') }
    const file = this.displayName(path)
    try {
      return { file, source: readFileSync(path, 'utf8') }
    } catch {
      return { file }
    }
  }

  /** Takes host paths out of a text that is not ours. */
  scrub(text: string): string {
    let result = scrubNodeCompatPaths(text, this.root)
      .replaceAll(this.root + sep, '')
      .replaceAll(this.root, '.')
    for (const [folder, name] of this.#packages) result = result.replaceAll(folder, `node_modules/${name}`)
    return result
  }
}
