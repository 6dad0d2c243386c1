// Everything that stands before the first attack: the server, a victim under load, a quiet neighbour, and the origins.
import { setTimeout as delay } from 'node:timers/promises'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { NEIGHBOUR_SECRET } from '../attack.ts'
import type { WorkerAddress } from '../../support/admin-client.ts'
import { sendRequest } from './exchange.ts'
import { ORIGIN_ADDRESS, type Origins, startOrigins } from './origins.ts'
import { type Server, type ServerOptions, startServer } from '../../support/server.ts'
import { VICTIM_SOURCE, VictimLoad } from './victim.ts'

export type Tier = 'main' | 'probation'

const VICTIM: WorkerAddress = { tenant: 'default', worker: 'victim' }
/** Of a tenant nobody vouched for: it shares the probation host with every attack of that tier. */
export const NEIGHBOUR: WorkerAddress = { tenant: 'neighbour', worker: 'quiet' }

const NEIGHBOUR_ANSWER = 'the neighbour answers'

/** Has secrets wherever a worker may have them, and says so when what is its own was touched. */
const NEIGHBOUR_SOURCE = `
globalThis.secret = ${JSON.stringify(NEIGHBOUR_SECRET)}
globalThis[Symbol.for('secret')] = secret
export default {
  fetch(request, env) {
    const added = [...Reflect.ownKeys(Object.prototype), ...Reflect.ownKeys(globalThis)].filter((key) => String(key).includes('escaped'))
    const isWhole = added.length === 0 && env.SECRET === secret && Object.keys(env).length === 1
    return new Response(isWhole ? ${JSON.stringify(NEIGHBOUR_ANSWER)} : 'the neighbour was touched: ' + added.map(String))
  },
}
`

const WARM_UP_MS = 1000
const NEIGHBOUR_LIMIT_MS = 2000

export interface StageOptions extends ServerOptions {
  readonly tier: Tier
  /** How long the victim's quiet latencies are measured. */
  readonly quietMs: number
}

export interface Stage extends AsyncDisposable {
  readonly tier: Tier
  readonly server: Server
  readonly origins: Origins
  readonly victim: VictimLoad
  readonly quietP99Ms: number
  /** Hosts that run while all is well, of the tier under attack. */
  readonly hostCount: number
}

export async function openStage({ tier, quietMs, ...options }: StageOptions): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const origins = opened.use(await startOrigins())
  // Nobody earns trust in the middle of a run.
  const trust = ['--probation-tasks', '1000000000']
  const network = ['--allow-addresses', `${ORIGIN_ADDRESS}/32`]
  const server = opened.use(await startServer({ ...options, args: [...trust, ...network] }))
  await deploy(server, VICTIM, { source: VICTIM_SOURCE, env: {} })
  await deploy(server, NEIGHBOUR, { source: NEIGHBOUR_SOURCE, env: { SECRET: NEIGHBOUR_SECRET } })
  const victim = opened.use(new VictimLoad({ port: server.dataPort, host: hostHeader(server, VICTIM) }))
  await delay(WARM_UP_MS)
  const sinceMs = performance.now()
  await delay(quietMs)
  const { p99Ms } = await victim.report(sinceMs)
  const hostCount = (await server.admin.hosts()).filter((host) => host.tier === tier).length
  const closing = opened.move()
  return {
    tier,
    server,
    origins,
    victim,
    quietP99Ms: p99Ms,
    hostCount,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** The Host header that leads to a worker. */
export function hostHeader({ dataPort }: Pick<Server, 'dataPort'>, { tenant, worker }: WorkerAddress): string {
  return `${tenant === 'default' ? worker : `${worker}.${tenant}`}.localhost:${dataPort}`
}

async function deploy(
  server: Server,
  address: WorkerAddress,
  { source, env }: { readonly source: string; readonly env: object },
): Promise<void> {
  const version = { bundle: bundleSource(source), env, start: 'now' }
  const refusal = await server.admin.deploy(address, version, AbortSignal.timeout(10_000))
  if (refusal !== undefined) throw new Error(`${address.worker} was not deployed: ${refusal.message}`)
}

/** What the neighbour answers at present: undefined where all is well. */
export async function askNeighbour({ server }: Pick<Stage, 'server'>): Promise<string | undefined> {
  const host = hostHeader(server, NEIGHBOUR)
  const signal = AbortSignal.timeout(NEIGHBOUR_LIMIT_MS)
  const [exchange] = await sendRequest({ port: server.dataPort, host, neighbour: host, signal }, {})
  const body = exchange?.responses[0]?.body
  return body === NEIGHBOUR_ANSWER ? undefined : (body ?? String(exchange?.ending))
}
