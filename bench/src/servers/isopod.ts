// Isopod as shipped, by its command line: routing, limits, accounting, observer and admin port on.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../../src/isolate/engine-flags.ts'
import { HELLO_WORKER } from './hello-worker.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts')

/** The hello worker under the names `hello-0`, `hello-1`, … */
export async function startIsopod({ workers }: { readonly workers: number }): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-isopod-'))
  const entry = join(folder, 'worker.js')
  await writeFile(entry, HELLO_WORKER)
  const entries = Array.from({ length: workers }, (_, number) => `hello-${number}=${entry}`)
  const server = await startServer({
    command: process.execPath,
    args: [...ENGINE_FLAGS, CLI, 'serve', ...entries, '--port', '0', '--admin-port', '0'],
    readyFd: 1,
    portIn: /\.localhost:(\d+)\//,
  })
  return {
    pid: server.pid,
    port: server.port,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
