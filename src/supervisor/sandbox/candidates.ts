// Every way to confine hosts that this machine has the tools for, strongest first.
import type { Confinement } from './confinement.ts'
import type { Tools } from './find-tool.ts'
import type { HostUser } from './sandbox.ts'

export interface CandidateOptions {
  readonly tools: Tools
  readonly isRoot: boolean
  /** Whom hosts are to run as; undefined: as the supervisor. */
  readonly user: HostUser | undefined
}

export function candidates({ tools, isRoot, user }: CandidateOptions): Confinement[] {
  const { bwrap, setpriv, prlimit } = tools
  const plain = { namespaces: 'none', user: undefined, bwrap: undefined, setpriv, prlimit } as const
  const list: Confinement[] = []
  if (user !== undefined) {
    if (bwrap !== undefined) list.push({ ...plain, namespaces: 'as user', user, bwrap })
    // Also reaches an installation below a folder that the user may not enter.
    if (bwrap !== undefined && setpriv !== undefined) list.push({ ...plain, namespaces: 'as root', user, bwrap })
    list.push({ ...plain, user })
  }
  if (bwrap !== undefined) list.push({ ...plain, namespaces: isRoot ? 'as root' : 'as user', bwrap })
  list.push(plain)
  return list
}

/** What is left with the setting `off`: what Node itself offers. */
export const UNCONFINED: Confinement = {
  namespaces: 'none',
  user: undefined,
  bwrap: undefined,
  setpriv: undefined,
  prlimit: undefined,
}
