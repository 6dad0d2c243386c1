// One way to confine a host, as data, and the command line it makes. Which are tried, and in what order, is decided in
// `candidates.ts`.
import { bubblewrap } from './bubblewrap.ts'
import { cleanEnvironment, type Environment, trustPaths } from './clean-environment.ts'
import { limitCoreDumps } from './core-dumps.ts'
import type { Tool } from './find-tool.ts'
import { findInstallation } from './installation.ts'
import { permissionFlags } from './permission-flags.ts'
import { dropPrivileges } from './privileges.ts'
import type { HostUser, SandboxCommand, SandboxRequest } from './sandbox.ts'

export interface Confinement {
  /** Made as the host's user in a user namespace, or by root without one. */
  readonly namespaces: 'none' | 'as user' | 'as root'
  /** Undefined: the user this process has. */
  readonly user: HostUser | undefined
  /** The tools it uses. */
  readonly bwrap: Tool | undefined
  readonly setpriv: Tool | undefined
  readonly prlimit: Tool | undefined
}

export interface Surroundings {
  readonly environment: Environment
  /** Real paths that may be read beyond the installation. */
  readonly readPaths: readonly string[]
}

export function confinedCommand(
  confinement: Confinement,
  request: SandboxRequest,
  surroundings: Surroundings,
): SandboxCommand {
  const { namespaces, user, bwrap, setpriv, prlimit } = confinement
  const { program, readPaths } = findInstallation(request.program)
  const paths = [...readPaths, ...surroundings.readPaths]
  const node = [process.execPath, ...permissionFlags(paths), ...request.nodeFlags, program, ...request.args]
  // In a user namespace nobody can become another user: the wrappers themselves run as the one wanted.
  const startsAsUser = user !== undefined && (setpriv === undefined || namespaces === 'as user')
  const privileges =
    setpriv === undefined
      ? []
      : dropPrivileges(setpriv, { user: startsAsUser ? undefined : user, isRoot: isRoot() && !startsAsUser })

  // As root bubblewrap needs what setpriv takes; of anybody else it takes no capabilities, not even ambient ones.
  const inside = namespaces === 'as root' && setpriv !== undefined ? [...privileges, ...node] : node
  const outside = namespaces === 'as root' ? [] : privileges
  const namespace =
    bwrap === undefined || namespaces === 'none'
      ? []
      : bubblewrap({
          bwrap,
          as: namespaces === 'as root' ? 'root' : 'user',
          capabilities: inside === node ? 'dropped' : 'kept',
          programs: inside === node ? [process.execPath] : [process.execPath, ...privileges.slice(0, 1)],
          readPaths: paths,
          trustPaths: trustPaths(surroundings.environment),
          runFolder: request.runFolder,
        })
  const limits = prlimit === undefined ? [] : limitCoreDumps(prlimit)
  const [command = '', ...args] = [...limits, ...outside, ...namespace, ...inside]
  return {
    command,
    args,
    env: cleanEnvironment(surroundings.environment),
    cwd: '/',
    ...(startsAsUser ? { uid: user.uid, gid: user.gid } : {}),
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}
