// The flags of every process that loads the engine. One place, because a process started without them can crash.
import { IsopodError } from '../errors.ts'

export const ENGINE_FLAGS: readonly string[] = Object.freeze([
  // isolated-vm cannot share a process with Node's own start-up snapshot.
  '--no-node-snapshot',
  // Guests collect garbage on request; the guest takes `gc` away from tenants.
  '--expose-gc',
  // Without guard regions a small WebAssembly memory reserves 17 MB of address space instead of 8 GB.
  '--disable-wasm-trap-handler',
  // 128 MiB for each WebAssembly memory.
  '--wasm-max-mem-pages=2048',
  // Node calls the newer algorithms of Web Crypto experimental, on stderr, when a tenant first uses one.
  '--disable-warning=ExperimentalWarning',
])

function hasEngineFlags(): boolean {
  return (
    process.execArgv.includes('--no-node-snapshot') || (process.env['NODE_OPTIONS'] ?? '').includes('node-snapshot')
  )
}

/** @throws IsopodError `ENGINE_FLAGS` */
export function assertEngineFlags(): void {
  if (hasEngineFlags()) return
  throw new IsopodError(
    'ENGINE_FLAGS',
    `isolates on this process need Node to be started as: node ${ENGINE_FLAGS.join(' ')} …`,
  )
}
