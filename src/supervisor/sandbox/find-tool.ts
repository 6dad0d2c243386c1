// Programs of the operating system a sandbox is made with.
import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Environment } from './clean-environment.ts'

export interface Tool {
  /** Absolute. */
  readonly path: string
  readonly help: string
}

export interface Tools {
  readonly bwrap: Tool | undefined
  readonly setpriv: Tool | undefined
  readonly prlimit: Tool | undefined
}

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin'

export async function findTools(environment: Environment): Promise<Tools> {
  const path = environment['PATH'] ?? DEFAULT_PATH
  const [bwrap, setpriv, prlimit] = await Promise.all(['bwrap', 'setpriv', 'prlimit'].map((name) => find(name, path)))
  return {
    bwrap,
    // Busybox has small ones of the same names, which cannot do what is asked of them here.
    setpriv: setpriv?.help.includes('--bounding-set') === true ? setpriv : undefined,
    prlimit: prlimit?.help.includes('--core') === true ? prlimit : undefined,
  }
}

async function find(name: string, searchPath: string): Promise<Tool | undefined> {
  const path = searchPath
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find(isExecutable)
  if (path === undefined) return undefined
  // Help may come on either stream, and with any exit code.
  const { stdout, stderr } = await promisify(execFile)(path, ['--help'], { env: {} }).catch(
    (error: { readonly stdout?: string; readonly stderr?: string }) => error,
  )
  return { path, help: `${stdout ?? ''}${stderr ?? ''}` }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
