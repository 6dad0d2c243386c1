// `isopod serve` with everything as shipped but what is asked for, and its admin API.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type Client, createClient } from '../../../src/client/client.ts'
import { type ServerCommand, type ServerProcess, startServer } from './server-process.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts')

export interface IsopodServer extends ServerProcess {
  readonly admin: Client
}

/** @param args - of `isopod serve`, the ports left out */
export async function startIsopodServer(
  args: readonly string[],
  options: Pick<ServerCommand, 'isQuiet'> = {},
): Promise<IsopodServer> {
  const adminPort = await freePort()
  const server = await startServer({
    command: process.execPath,
    args: [CLI, 'serve', ...args, '--port', '0', '--admin-port', String(adminPort)],
    readyFd: 1,
    ...options,
    portIn: /\.localhost:(\d+)\//,
  })
  const admin = createClient({ url: `http://127.0.0.1:${adminPort}` })
  return { ...server, admin }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
