// The examples in the documentation, and how they are run.
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { tmpDir } from './tmp-dir.ts'

export const root: string = join(import.meta.dirname, '..', '..')

export interface Example {
  /** File and line, such as `docs/library.md:20`. */
  readonly place: string
  readonly code: string
}

export const PAGES: readonly string[] = ['README.md', ...globSync('docs/*.md', { cwd: root }).toSorted()]

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

/** The `ts` blocks of the pages. */
export function pageExamples(): readonly Example[] {
  return PAGES.flatMap((page) => {
    const text = readPage(page)
    return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code = '', index }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      code,
    }))
  })
}

/** The `@example` blocks of what `src/index.ts` exports, with an import of what they name. */
export function sourceExamples(exported: readonly string[]): readonly Example[] {
  const prelude = `import { ${exported.join(', ')} } from 'isopod'\n`
  return globSync('src/{*,library/*,bundle/*}.ts', { cwd: root })
    .toSorted()
    .flatMap((file) => {
      const text = readPage(file)
      return [...text.matchAll(/\/\*\*(?:(?!\*\/).)*?@example\n((?:(?!\*\/|^\s*\* @).)*)/gms)].map(
        ({ 0: all, 1: block = '', index }) => ({
          place: `${file}:${text.slice(0, index + all.length - block.length).split('\n').length}`,
          code: prelude + block.replaceAll(/^ *\* ?/gm, ''),
        }),
      )
    })
}

/** What the comments say that it prints, line by line. */
export function expectedOutput({ code }: Example): readonly string[] {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map(({ 1: line = '' }) => line)
}

/** Runs an example in a folder with a small project in it; resolves with the lines it prints. */
export async function runExample({ code }: Example): Promise<readonly string[]> {
  using dir = tmpDir({
    'package.json': '{ "type": "module" }',
    'src/index.ts': 'export default { fetch: (): Response => new Response("hello") }',
    'example.ts': code,
  })
  const preload = join(root, 'test', 'support', 'resolve-isopod.ts')
  const args = [...ENGINE_FLAGS, '--import', preload, join(dir.path, 'example.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir.path })
  return stdout.split('\n').slice(0, -1)
}
