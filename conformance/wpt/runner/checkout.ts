// A checkout of web-platform-tests: which files there are, and what of them is to be run.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { exclusionOf } from '../excluded.ts'
import { type Folder, FOLDERS, folderOf } from '../folders.ts'

/** One file, or one variant of it. */
export interface TestFile {
  /** Path in the checkout, with the variant's query: what expectations and `--only` name. */
  readonly id: string
  readonly path: string
  /** `?1-10`, or nothing. */
  readonly variant: string
  readonly folder: Folder
  /** Paths of the scripts it wants before it, in the checkout. */
  readonly scripts: readonly string[]
  readonly isLong: boolean
}

export interface Tests {
  readonly files: readonly TestFile[]
  /** What is left out, and why. */
  readonly excluded: readonly { readonly id: string; readonly reason: string }[]
}

interface Meta {
  readonly scripts: readonly string[]
  readonly variants: readonly string[]
  readonly globals: readonly string[]
  readonly isLong: boolean
}

/** A file that is strict by a directive of its own. */
const STRICT = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*(['"])use strict\1/

/** Globals of which one stands for ours. */
const WORKERS = new Set(['worker', 'dedicatedworker'])

/** Where a path that tests use is not where the file lies: the server of the checkout knows them, too. */
const ALIASES: Readonly<Record<string, string>> = {
  'resources/WebIDLParser.js': 'resources/webidl2/lib/webidl2.js',
}

export function findTests(checkout: string, only: RegExp): Tests {
  const files: TestFile[] = []
  const excluded: { id: string; reason: string }[] = []
  for (const path of pathsOf(checkout)) {
    const folder = folderOf(path)
    if (folder === undefined) continue
    const meta = readMeta(readFileSync(join(checkout, path), 'utf8'), path)
    for (const variant of meta.variants.length === 0 ? [''] : meta.variants) {
      const id = path + variant
      if (!only.test(id)) continue
      const reason = exclusionOf(id) ?? exclusionByGlobal(meta)
      if (reason === undefined) files.push({ id, path, variant, folder, ...meta })
      else excluded.push({ id, reason })
    }
  }
  return { files, excluded }
}

function pathsOf(checkout: string): string[] {
  const paths = FOLDERS.flatMap(({ path }) => globSync(`${path}/**/*.any.js`, { cwd: checkout }))
  return [...new Set(paths.map((path) => path.replaceAll('\\', '/')))].toSorted()
}

function exclusionByGlobal({ globals }: Meta): string | undefined {
  if (globals.length === 0 || globals.some((name) => WORKERS.has(name))) return undefined
  return `for ${globals.join(' and ')} only`
}

/** https://web-platform-tests.org/writing-tests/testharness.html#tests-for-other-or-multiple-globals-any-js */
function readMeta(text: string, path: string): Meta {
  const values = (key: string): string[] =>
    [...text.matchAll(new RegExp(`^//\\s*META:\\s*${key}=(.*)$`, 'gm'))].map(([, value = '']) => value.trim())
  return {
    scripts: values('script').map((script) => pathOf(script, path)),
    variants: values('variant'),
    globals: values('global').flatMap((list) => list.split(',').map((name) => name.trim())),
    isLong: values('timeout').includes('long'),
  }
}

function pathOf(script: string, from: string): string {
  const path = script.startsWith('/') ? script.slice(1) : posix.join(dirname(from), script)
  return ALIASES[path] ?? path
}

/**
 * The scripts of a file and the file itself as one script: what one declares the next one sees, as in a browser.
 * @param substituted - gives the text of files that the server of the checkout fills in (`.sub.`)
 */
export async function sourceOf(
  { path, scripts }: TestFile,
  checkout: string,
  substituted: (path: string) => Promise<string>,
): Promise<string> {
  const texts = await Promise.all(
    [...scripts, path].map((file) =>
      file.includes('.sub.') ? substituted(file) : readFileSync(join(checkout, file), 'utf8'),
    ),
  )
  // The semicolon ends the directives: a script that says it is strict must not make the others strict.
  const shared = `;\n${texts.slice(0, -1).join('\n;\n')}`
  const own = texts.at(-1) ?? ''
  return STRICT.test(own) ? `${shared}\n;(function () {\n${own}\n}).call(globalThis)` : `${shared}\n;\n${own}`
}
