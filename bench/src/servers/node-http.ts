// Bare node:http with the same answer as the workers': what the HTTP server alone costs.
import { join } from 'node:path'
import { type ServerProcess, startServer } from './server-process.ts'

export function startNodeHttp(file = 'node-http-program.ts'): Promise<ServerProcess> {
  const program = join(import.meta.dirname, file)
  return startServer({ command: process.execPath, args: [program], readyFd: 1 })
}
