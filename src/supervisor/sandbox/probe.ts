// Run by `try-confinement.ts` as a host would be: tells, over IPC, what it sees of itself.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { coreLimit } from './core-dumps.ts'
import { ownNamespaces, type Sighting } from './sighting.ts'

function field(file: string, pattern: RegExp): string | undefined {
  try {
    return pattern.exec(readFileSync(file, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

function isRefused(scope: string): boolean {
  // Absent where the model is off.
  const permission = process.permission as typeof process.permission | undefined
  return permission?.has(scope) === false
}

function look(): Sighting {
  const status = '/proc/self/status'
  const noNewPrivileges = field(status, /^NoNewPrivs:\s*(\d)$/m)
  const effective = field(status, /^CapEff:\s*([\da-f]+)$/m)
  const permitted = field(status, /^CapPrm:\s*([\da-f]+)$/m)
  return {
    uid: process.getuid?.() ?? -1,
    hasPermissionModel: isRefused('fs.write') && isRefused('child'),
    environment: Object.keys(process.env),
    noNewPrivileges: noNewPrivileges === undefined ? undefined : noNewPrivileges === '1',
    hasCapabilities: effective === undefined ? undefined : /[^0]/.test(`${effective}${permitted}`),
    coreLimit: coreLimit(),
    namespaces: ownNamespaces(),
  }
}

/** All a host needs: its folder within reach, and an engine that can be loaded. */
function checkNeeds(runFolder: string): void {
  statSync(runFolder)
  createRequire(import.meta.url)('isolated-vm')
}

const [runFolder] = process.argv.slice(2)
if (runFolder !== undefined && process.send !== undefined) {
  checkNeeds(runFolder)
  process.send(look())
}
