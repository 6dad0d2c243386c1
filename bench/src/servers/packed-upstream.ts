// A server somewhere else with a few megabytes of JSON: gzipped, and said to be; under `/packed` the same bytes as if they were not.
import { join } from 'node:path'
import { type ServerProcess, startServer } from './server-process.ts'

export interface PackedUpstream extends ServerProcess {
  readonly origin: string
}

export async function startPackedUpstream(): Promise<PackedUpstream> {
  const program = join(import.meta.dirname, 'packed-upstream-program.ts')
  const server = await startServer({ command: process.execPath, args: [program], readyFd: 1 })
  return { ...server, origin: `http://127.0.0.1:${server.port}/` }
}
