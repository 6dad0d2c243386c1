// workerd with the hello worker, from a configuration in a temporary folder.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workerdBinary } from '../binaries.ts'
import { HELLO_WORKER } from './hello-worker.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .hello)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const hello :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
);
`

export async function startWorkerd(source: string = HELLO_WORKER): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-workerd-'))
  const config = join(folder, 'config.capnp')
  await writeFile(join(folder, 'worker.js'), source)
  await writeFile(config, CONFIG)
  const server = await startServer({ command: workerdBinary(), args: ['serve', config, '--control-fd=3'], readyFd: 3 })
  return {
    pid: server.pid,
    port: server.port,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
