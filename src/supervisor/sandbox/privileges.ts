// What a process keeps of its user's powers, by util-linux: no capability, none to be had by a set-uid program, no
// supplementary group, no memory on disk when it crashes.
import type { Tool } from './find-tool.ts'
import type { HostUser } from './sandbox.ts'

export interface PrivilegeOptions {
  /** The user to become; only root can. */
  readonly user: HostUser | undefined
  /** Whether the caller is root, who alone may empty the bounding set. */
  readonly isRoot: boolean
}

export function dropPrivileges(setpriv: Tool, { user, isRoot }: PrivilegeOptions): string[] {
  return [
    setpriv.path,
    ...(user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`]),
    ...(isRoot ? ['--clear-groups', '--bounding-set=-all'] : []),
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--no-new-privs',
    // Even a host that hangs with its watchdog ends with the supervisor.
    '--pdeathsig=KILL',
    '--',
  ]
}
