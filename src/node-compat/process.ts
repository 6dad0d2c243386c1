// `node:process`, and the global `process`: what libraries look at when they find out where they are. There is no process:
// nothing can be ended, and the environment is the program's own object, since `env` comes with each task.

const env: Record<string, string | undefined> = { NODE_ENV: 'production' }
const argv: readonly string[] = ['worker']
const platform = 'linux'
/** What is at least as new as the language of V8 that workers run in. */
const version = 'v24.0.0'
const versions: Readonly<Record<string, string>> = { node: '24.0.0' }

function nextTick(callback: (...args: unknown[]) => void, ...args: unknown[]): void {
  queueMicrotask(() => callback(...args))
}

function cwd(): string {
  return '/'
}

function uptime(): number {
  return performance.now() / 1000
}

function now(): bigint {
  return BigInt(Math.round(performance.now() * 1e6))
}

function hrtime(earlier: readonly [number, number] = [0, 0]): [number, number] {
  const ns = now() - BigInt(earlier[0]) * 1_000_000_000n - BigInt(earlier[1])
  return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)]
}
hrtime.bigint = now

const features: Readonly<Record<string, boolean>> = { inspector: false, ipv6: true, tls: true, uv: false }

function exit(): never {
  throw new Error('A worker cannot exit: its handler returns, or throws.')
}

/** Bundles made by others ask for this one in this way; what they import they have with them. */
function getBuiltinModule(id: string): typeof process | undefined {
  return id === 'node:process' || id === 'process' ? process : undefined
}

function emitWarning(warning: unknown): void {
  console.warn(warning)
}

const process: Readonly<Record<string | symbol, unknown>> = {
  argv,
  cwd,
  emitWarning,
  env,
  exit,
  features,
  getBuiltinModule,
  hrtime,
  nextTick,
  platform,
  uptime,
  version,
  versions,
  [Symbol.toStringTag]: 'process',
}

export {
  argv,
  cwd,
  emitWarning,
  env,
  exit,
  features,
  getBuiltinModule,
  hrtime,
  nextTick,
  platform,
  uptime,
  version,
  versions,
}
export default process
/** What `require` gives. */
export { process as 'module.exports' }
