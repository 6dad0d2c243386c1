// The environment of hosts: nothing of the supervisor's but what is named here, so that no secret is in it, nor an option
// that loads code (NODE_OPTIONS) or writes files (NODE_COMPILE_CACHE).

export type Environment = Readonly<Record<string, string | undefined>>

/** Which certificates are trusted: paths, or nothing secret. */
const TRUST = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
const PASSED = ['TZ', 'LANG', 'LC_ALL', 'NODE_USE_SYSTEM_CA', ...TRUST]

/** All a host sees: Node adds the IPC channel's, bubblewrap the folder, which is "/". */
export const CLEAN_NAMES: readonly string[] = [...PASSED, 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'PWD']

export function cleanEnvironment(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

/** Files and folders the environment names, which must therefore be there. */
export function trustPaths(environment: Environment): string[] {
  return TRUST.flatMap((name) => environment[name]?.split(':') ?? []).filter((path) => path.startsWith('/'))
}
