// Commands that run isolates in their own process need Node to be started with the engine's flags. Started without them,
// the process starts itself again.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'

/** Runs the work here, or in a process like this one that can; then the exit code is that process's. */
export async function withEngine(work: () => Promise<void>): Promise<void> {
  if (ENGINE_FLAGS.every((flag) => process.execArgv.includes(flag))) return work()
  const child = spawn(process.execPath, [...ENGINE_FLAGS, ...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward)
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
  })
}
