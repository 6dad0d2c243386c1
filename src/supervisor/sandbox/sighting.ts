// What a process that was started in a sandbox sees of itself: the evidence for what a plan says is in force.
import { readlinkSync } from 'node:fs'

export interface Sighting {
  readonly uid: number
  readonly hasPermissionModel: boolean
  /** Names of variables. */
  readonly environment: readonly string[]
  // Undefined where the system does not say.
  readonly noNewPrivileges: boolean | undefined
  readonly hasCapabilities: boolean | undefined
  readonly coreLimit: string | undefined
  readonly namespaces: Namespaces
}

/** Names for them that no two share. */
export interface Namespaces {
  readonly pid: string | undefined
  readonly mnt: string | undefined
}

export function ownNamespaces(): Namespaces {
  return { pid: namespaceOf('pid'), mnt: namespaceOf('mnt') }
}

function namespaceOf(kind: keyof Namespaces): string | undefined {
  try {
    return readlinkSync(`/proc/self/ns/${kind}`)
  } catch {
    return undefined
  }
}
