// Some copies of one worker on Isopod as shipped: routing, limits, accounting, observer and admin port on.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { HELLO_WORKER } from './hello-worker.ts'
import { type IsopodServer, startIsopodServer } from './isopod-server.ts'

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
  /** Further ones of `isopod serve`. */
  readonly args?: readonly string[]
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
  args = [],
}: IsopodOptions): Promise<IsopodServer> {
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-isopod-'))
  const entry = join(folder, 'worker.js')
  await writeFile(entry, source)
  const names = Array.from({ length: workers }, (_, number) => `hello-${number}`)
  const server = await startIsopodServer([
    ...(tenant === undefined ? names.map((name) => `${name}=${entry}`) : []),
    ...(hosts === undefined ? [] : ['--hosts', String(hosts)]),
    ...(cpuMs === undefined ? [] : ['--cpu-ms', String(cpuMs)]),
    ...(neighbours.length === 0 ? [] : ['--trusted-tenants', neighbours.map((each) => each.tenant).join()]),
    ...args,
  ])
  const bundle = bundleSource(source)
  if (tenant !== undefined) for (const worker of names) await server.admin.deploy({ tenant, worker }, { bundle })
  for (const neighbour of neighbours) {
    const { weight } = neighbour
    const app = { tenant: neighbour.tenant, worker: 'app' }
    await server.admin.deploy(app, { bundle: bundleSource(neighbour.source) })
    if (weight !== undefined) await server.admin.changeTenant({ tenant: neighbour.tenant }, { weight })
  }
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
