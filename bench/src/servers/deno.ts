// Deno.serve with the hello worker: one tenant, no isolation; the fastest a JavaScript server gets here.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { denoBinary } from '../binaries.ts'
import { HELLO_WORKER } from './hello-worker.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const PROGRAM = `import hello from "./worker.js"
Deno.serve({
  port: 0,
  hostname: "127.0.0.1",
  onListen: ({ port }) => console.log(JSON.stringify({ port })),
}, hello.fetch)
`

export async function startDeno(source: string = HELLO_WORKER): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-deno-'))
  const program = join(folder, 'main.js')
  await writeFile(join(folder, 'worker.js'), source)
  await writeFile(program, PROGRAM)
  const server = await startServer({
    command: denoBinary(),
    args: ['run', '--allow-net', '--no-config', '--no-lock', program],
    // Its cache would otherwise land in the home folder.
    env: { DENO_DIR: join(folder, 'cache'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    readyFd: 1,
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
