// The runtimes we compare with. Their npm packages are pointers whose install scripts copy a binary out of a
// package per platform; taking that one directly needs no install script.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Names of `workerd`'s packages per platform. */
function workerdPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return `@cloudflare/workerd-${platform}-${process.arch === 'arm64' ? 'arm64' : '64'}`
}

/** Names of `deno`'s packages per platform. */
function denoPackage(): string {
  const libc = process.platform === 'linux' ? '-glibc' : ''
  return `@deno/${process.platform}-${process.arch}${libc}`
}

/** `relativePath` inside an installed package, without looking at the package's exports. */
function inPackage(name: string, relativePath: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), relativePath)
}

const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name)

export function workerdBinary(): string {
  return inPackage(workerdPackage(), join('bin', executable('workerd')))
}

export function denoBinary(): string {
  return inPackage(denoPackage(), executable('deno'))
}
