// The environment of hosts: nothing of the supervisor's but what is named here, so that no secret is in it, nor an option
// that loads code (NODE_OPTIONS) or writes files (NODE_COMPILE_CACHE). And how hosts manage memory, whatever the supervisor does.

export type Environment = Readonly<Record<string, string | undefined>>

/** Which certificates are trusted: paths, or nothing secret. */
const TRUST = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
const PASSED = ['TZ', 'LANG', 'LC_ALL', 'NODE_USE_SYSTEM_CA', ...TRUST]

/**
 * What a host allocates for bodies and streams dies with a collection of their isolate, in any order. glibc gives memory back
 * from the top of a heap only, raises both thresholds by itself, and begins a heap for each thread: what is free between
 * chunks grows for hours. Said outright, the thresholds stay, so that large bodies are mapped, and unmapped, on their own.
 */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

/** All a host sees: Node adds the IPC channel's, bubblewrap the folder, which is "/". */
export const CLEAN_NAMES: readonly string[] = [
  ...PASSED,
  ...Object.keys(MALLOC),
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'PWD',
]

export function cleanEnvironment(environment: Environment): Record<string, string> {
  const passed = PASSED.flatMap((name) => {
    const value = environment[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(passed), ...MALLOC }
}

/** Files and folders the environment names, which must therefore be there. */
export function trustPaths(environment: Environment): string[] {
  return TRUST.flatMap((name) => environment[name]?.split(':') ?? []).filter((path) => path.startsWith('/'))
}
