// Where Deno is. Its npm package `deno` is an optional dependency whose install script copies a binary out of a package per
// platform; taking that one directly needs no install script.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Undefined where it is not installed. */
export function findDeno(): string | undefined {
  const libc = process.platform === 'linux' ? '-glibc' : ''
  const name = `@deno/${process.platform}-${process.arch}${libc}`
  try {
    const folder = dirname(require.resolve(`${name}/package.json`))
    const path = join(folder, process.platform === 'win32' ? 'deno.exe' : 'deno')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

export const DENO_MISSING = 'Deno is not installed. Install its npm package beside Isopod: npm install deno'
