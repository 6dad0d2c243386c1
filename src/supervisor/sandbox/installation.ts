// What a program of ours needs to read: its own code, what was built with it, and the packages it depends on, wherever a
// package manager has put them. Not the folder as a whole, in which an operator may keep data.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

export interface Installation {
  /** Real path of the program. */
  readonly program: string
  /** Real paths of files and folders, none below another. */
  readonly readPaths: readonly string[]
}

interface Manifest {
  readonly name?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export function findInstallation(path: string): Installation {
  const program = realpathSync(path)
  const root = packageOf(program)
  const [code = ''] = relative(root, program).split(sep)
  const own = ['package.json', code, 'build'].map((name) => join(root, name)).filter((file) => existsSync(file))
  return { program, readPaths: outermost([...own.map((file) => realpathSync(file)), ...modulesOf(root)]) }
}

function packageOf(program: string): string {
  let folder = dirname(program)
  // A `package.json` without a name only says how the files beside it are written.
  while (readManifest(folder)?.name === undefined) {
    if (folder === dirname(folder)) throw new Error(`${program} belongs to no package`)
    folder = dirname(folder)
  }
  return folder
}

/** Follows dependencies as Node does, from package to package: they may be hoisted, nested, or links into a store. */
function modulesOf(root: string): string[] {
  const paths = new Set<string>()
  const seen = new Set([root])
  for (const folder of seen) {
    const { dependencies, optionalDependencies } = readManifest(folder) ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = findPackage(name, folder)
      if (found === undefined) continue
      const real = realpathSync(found)
      paths.add(modulesFolder(found)).add(modulesFolder(real))
      seen.add(real)
    }
  }
  return [...paths]
}

function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

/** The outermost `node_modules` a package is in, or the package itself where it is linked from elsewhere. */
function modulesFolder(packageFolder: string): string {
  const parts = packageFolder.split(sep)
  const index = parts.indexOf('node_modules')
  return index === -1 ? packageFolder : parts.slice(0, index + 1).join(sep)
}

/** Without those below another. */
export function outermost(paths: readonly string[]): string[] {
  const kept: string[] = []
  for (const path of [...new Set(paths)].toSorted()) {
    if (!kept.some((folder) => path.startsWith(`${folder}${sep}`))) kept.push(path)
  }
  return kept
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}
