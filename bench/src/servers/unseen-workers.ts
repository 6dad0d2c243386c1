// Isopod's data port in front of generated workers that their first request loads.
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../../src/isolate/engine-flags.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export interface UnseenWorkersOptions {
  readonly size: 'small' | 'large'
  /** Workers `hello-0`, `hello-1`, … */
  readonly workers: number
  /** Blank instances kept ready, where not the default. */
  readonly reserveSize?: number
}

export function startUnseenWorkers(options: UnseenWorkersOptions): Promise<ServerProcess> {
  const program = join(import.meta.dirname, 'unseen-workers-program.ts')
  return startServer({
    command: process.execPath,
    args: [...ENGINE_FLAGS, program, JSON.stringify(options)],
    readyFd: 1,
  })
}
