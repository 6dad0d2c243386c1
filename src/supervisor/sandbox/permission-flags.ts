// Node's permission model: it stops JavaScript that got hold of Node's own functions from reading files, writing any,
// starting processes and opening a debugger. Native code is not held by it, so it is the first of several measures.

/** Node 26 restricts the network too; Node 24 does not know the flag and would not start with it. */
const HAS_NETWORK_PERMISSION = process.allowedNodeEnvironmentFlags.has('--allow-net')

const FLAGS: readonly string[] = [
  '--permission',
  // The engine is an addon; the watchdog is a worker thread.
  '--allow-addons',
  '--allow-worker',
  // Both flags warn that they weaken the model.
  '--disable-warning=PERM0001',
  '--disable-warning=PERM0006',
  // Whoever may send the signal could otherwise open a debugger on loopback, and take the process over through it.
  '--disable-sigusr1',
  // `--allow-net` warns that it is experimental, under no code of its own.
  ...(HAS_NETWORK_PERMISSION ? ['--allow-net', '--disable-warning=ExperimentalWarning'] : []),
]

/** isolated-vm's loader asks whether this file exists, and a refusal would end it. */
const LOOKED_AT = ['/etc/alpine-release']

export function permissionFlags(readPaths: readonly string[]): string[] {
  return [...FLAGS, ...[...readPaths, ...LOOKED_AT].map((path) => `--allow-fs-read=${path}`)]
}
