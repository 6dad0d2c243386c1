// Isopod as shipped, by its command line: routing, limits, accounting, observer and admin port on.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { packBundle } from '../../../src/wire/version-text.ts'
import { HELLO_WORKER } from './hello-worker.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts')

export interface IsopodOptions {
  /** The hello worker under the names `hello-0`, `hello-1`, … */
  readonly workers: number
  /** Instead of the hello worker. */
  readonly source?: string
  /** What a task may use; as shipped unless told. */
  readonly cpuMs?: number
  /** Main hosts; one per core, as shipped, unless told. */
  readonly hosts?: number
  /** Deployed for this tenant, whom nobody vouches for: main hosts forward its requests to the host on probation. */
  readonly tenant?: string
  /** Instead of the hello workers: one worker `app` of each of these, all of whom are vouched for. */
  readonly neighbours?: readonly Neighbour[]
  /** Further flags of `isopod serve`. */
  readonly flags?: readonly string[]
}

export interface Neighbour {
  readonly tenant: string
  readonly source: string
  readonly weight?: number
}

export async function startIsopod({
  workers,
  cpuMs,
  hosts,
  source = HELLO_WORKER,
  tenant,
  neighbours = [],
  flags = [],
}: IsopodOptions): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-isopod-'))
  const entry = join(folder, 'worker.js')
  await writeFile(entry, source)
  const names = Array.from({ length: workers }, (_, number) => `hello-${number}`)
  const [adminPort] = await freePorts(1)
  const server = await startServer({
    command: process.execPath,
    args: [
      CLI,
      'serve',
      ...(tenant === undefined ? names.map((name) => `${name}=${entry}`) : []),
      ...(hosts === undefined ? [] : ['--hosts', String(hosts)]),
      ...(cpuMs === undefined ? [] : ['--cpu-ms', String(cpuMs)]),
      ...(neighbours.length === 0 ? [] : ['--trusted-tenants', neighbours.map((each) => each.tenant).join()]),
      ...flags,
      '--port',
      '0',
      '--admin-port',
      String(adminPort),
    ],
    readyFd: 1,
    portIn: /\.localhost:(\d+)\//,
  })
  if (tenant !== undefined)
    for (const name of names) await deploy(`http://127.0.0.1:${adminPort}/api/workers/${tenant}/${name}`, source)
  for (const neighbour of neighbours) {
    await deploy(`http://127.0.0.1:${adminPort}/api/workers/${neighbour.tenant}/app`, neighbour.source)
    if (neighbour.weight === undefined) continue
    await put(`http://127.0.0.1:${adminPort}/api/tenants/${neighbour.tenant}`, { weight: neighbour.weight })
  }
  return {
    pid: server.pid,
    port: server.port,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function deploy(url: string, source: string): Promise<void> {
  await put(url, { bundle: packBundle(bundleSource(source)) })
}

async function put(url: string, value: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(value) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return (server.address() as AddressInfo).port
    }),
  )
  for (const server of servers) server.close()
  return ports
}
