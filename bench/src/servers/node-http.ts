// Bare node:http with the same answer: what the HTTP server alone costs.
import { join } from 'node:path'
import { type ServerProcess, startServer } from './server-process.ts'

export function startNodeHttp(): Promise<ServerProcess> {
  const program = join(import.meta.dirname, 'node-http-program.ts')
  return startServer({ command: process.execPath, args: [program], readyFd: 1 })
}
