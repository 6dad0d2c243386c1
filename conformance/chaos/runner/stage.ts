// What every scenario has: a server, the victim under steady load, and ways to look at what happens.
import { setTimeout as delay } from 'node:timers/promises'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import type { Host, Refusal, WorkerAddress } from '../../support/admin-client.ts'
import { type Server, type ServerOptions, startServer } from '../../support/server.ts'
import { ask, type LoadOptions, type Sample, SteadyLoad, VICTIM_SOURCE } from './load.ts'

export const VICTIM: WorkerAddress = { tenant: 'default', worker: 'victim' }
/** Of a tenant nobody knows; takes its host down when it is asked for `/stuck`. */
export const ROGUE: WorkerAddress = { tenant: 'rogue', worker: 'stuck' }

export const ROGUE_SOURCE = `
export default {
  fetch(request) {
    if (request.url.endsWith('/stuck')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
    return new Response('the rogue answers')
  },
}`

const WARM_UP_MS = 500
const LOOK_MS = 20

export interface Stage extends AsyncDisposable {
  readonly server: Server
  readonly load: SteadyLoad
}

export async function openStage(options: ServerOptions): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const server = opened.use(await startServer(options))
  await deploy(server, VICTIM, VICTIM_SOURCE)
  const load = opened.use(loadOn(server))
  await delay(WARM_UP_MS)
  const closing = opened.move()
  return { server, load, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

export function loadOn(
  server: Server,
  options: Partial<LoadOptions> & { readonly of?: WorkerAddress } = {},
): SteadyLoad {
  const { of = VICTIM, ...rest } = options
  return new SteadyLoad({ port: server.dataPort, host: hostHeader(server, of), ...rest })
}

/** @throws where it was refused */
export async function deploy(server: Server, address: WorkerAddress, source: string, more: object = {}): Promise<void> {
  const refusal = await tryDeploy(server, address, source, more)
  if (refusal !== undefined) throw new Error(`${address.worker} was not deployed: ${refusal.code}: ${refusal.message}`)
}

export function tryDeploy(server: Server, address: WorkerAddress, source: string, more: object = {}): Promise<Refusal> {
  return server.admin.deploy(address, { bundle: bundleSource(source), ...more }, AbortSignal.timeout(40_000))
}

export function askWorker(
  server: Server,
  address: WorkerAddress,
  path = '/',
): Promise<{ readonly status: number; readonly text: string }> {
  return ask({ port: server.dataPort, host: hostHeader(server, address), path, limitMs: 40_000 })
}

function hostHeader({ dataPort }: Server, { tenant, worker }: WorkerAddress): string {
  return `${tenant === 'default' ? worker : `${worker}.${tenant}`}.localhost:${dataPort}`
}

/** Asks again until it holds; returns how long that took, in milliseconds, or undefined where it never did. */
export async function untilTrue(holds: () => Promise<boolean>, withinMs: number): Promise<number | undefined> {
  const startMs = performance.now()
  while (performance.now() - startMs < withinMs) {
    if (await holds().catch(() => false)) return Math.round(performance.now() - startMs)
    await delay(LOOK_MS)
  }
  return undefined
}

export function serving(hosts: readonly Host[], tier: 'main' | 'probation'): Host[] {
  return hosts.filter((host) => host.tier === tier && host.state === 'serving')
}

/** All that was lost, at first sight of each kind. */
export function lossesOf(samples: readonly Sample[]): string[] {
  const kinds = new Map<string, number>()
  for (const { loss } of samples) if (loss !== undefined) kinds.set(loss, (kinds.get(loss) ?? 0) + 1)
  return [...kinds].map(([loss, count]) => `${count} × lost: ${loss}`)
}

/** Of what was measured in milliseconds: median and worst. */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return 'none'
  const ascending = values.toSorted((a, b) => a - b)
  return `${Math.round(ascending[Math.floor(ascending.length / 2)] ?? 0)} ms, at worst ${Math.round(ascending.at(-1) ?? 0)} ms`
}

/** The longest any answer took. */
export function slowest(samples: readonly Sample[]): number {
  return Math.round(Math.max(0, ...samples.map(({ endedMs, startedMs }) => endedMs - startedMs)))
}
