// Namespaces, by bubblewrap: the host gets a file system with the installation in it, read-only, and little else; sees
// no process but its own; and ends when the supervisor does. The network is shared: hosts serve it.
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { outermost } from './installation.ts'
import type { Tool } from './find-tool.ts'

/** What dynamic linking, DNS and TLS read. Those that are not there are left out. No shells, no tools. */
const SYSTEM = [
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/local/lib',
  '/lib',
  '/lib32',
  '/lib64',
  '/nix/store',
  '/etc/ld.so.cache',
  '/etc/alpine-release',
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/host.conf',
  '/etc/gai.conf',
  '/etc/nsswitch.conf',
  '/etc/services',
  '/etc/localtime',
  '/usr/share/zoneinfo',
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/crypto-policies',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/openssl.cnf',
  '/etc/pki/ca-trust',
  '/usr/share/pki',
  '/usr/share/crypto-policies',
  '/usr/share/ca-certificates',
  '/usr/local/share/ca-certificates',
  // Debian's Node keeps parts of itself there.
  '/usr/share/nodejs',
]

const NAMESPACES = ['--unshare-ipc', '--unshare-pid', '--unshare-uts', '--unshare-cgroup-try']
/** Of its own, and empty but for what every process needs. */
const PRIVATE = ['--proc', '/proc', '--dev', '/dev', '--dir', '/tmp']
const CLOSED = ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/', '--die-with-parent', '--new-session']

export interface NamespaceOptions {
  readonly bwrap: Tool
  /** A user needs a user namespace for it, where the kernel lets them; root does without. */
  readonly as: 'user' | 'root'
  /** Whether the command inside still needs root's capabilities, to drop them itself. */
  readonly capabilities: 'kept' | 'dropped'
  /** Programs that are run inside. */
  readonly programs: readonly string[]
  readonly readPaths: readonly string[]
  /** Read where they exist. */
  readonly trustPaths: readonly string[]
  readonly runFolder: string
}

/** Everything up to the command that is run inside. */
export function bubblewrap(options: NamespaceOptions): string[] {
  const { bwrap, programs, readPaths, trustPaths, runFolder } = options
  const folder = realpathSync(runFolder)
  const system = outermost([...SYSTEM, ...trustPaths])
  const own = outermost([...programs.map((path) => realpathSync(path)), ...readPaths])
  return [
    bwrap.path,
    ...(options.as === 'user' ? ['--unshare-user', ...noFurtherNamespaces(bwrap)] : []),
    ...(options.capabilities === 'dropped' ? ['--cap-drop', 'ALL'] : []),
    ...NAMESPACES,
    ...foldersAbove(system).flatMap((path) => ['--dir', path]),
    ...system.flatMap((path) => ['--ro-bind-try', path, path]),
    ...foldersAbove([...own, folder, runFolder]).flatMap((path) => ['--dir', path]),
    ...own.flatMap((path) => ['--ro-bind', path, path]),
    ...PRIVATE,
    ...[...new Set([folder, runFolder])].flatMap((path) => ['--bind', folder, path]),
    ...CLOSED,
    '--',
  ]
}

/** Made by itself bubblewrap lets only their owner into them, and as root that is not the host's user. */
function foldersAbove(paths: readonly string[]): string[] {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) folders.add(folder)
  }
  return [...folders].toSorted()
}

/** Most holes found in the kernel of late need a user namespace to be reached. Not known before bubblewrap 0.8. */
function noFurtherNamespaces({ help }: Tool): string[] {
  return help.includes('--disable-userns') ? ['--disable-userns'] : []
}
