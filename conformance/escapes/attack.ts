// The contract between an attack and the runner: what a file under `attacks/<class>/` exports as `attack`.
//
// An attack is a whole tenant: a worker, how it is deployed, what is sent to it, and the only ways in which that may end.
// Whatever it does, others must not feel it; that is checked for every attack alike (`runner/judge.ts`), so an attack
// says only what is particular to it.
import type { Limits } from '../../src/limits.ts'
import type { Outcome } from '../../src/outcome.ts'
import type { Bundle, Json, Mode } from '../../src/version.ts'
import type { Response } from './runner/response.ts'

/** Folder under `attacks/` → what its attacks are after. */
export const ATTACK_CLASSES = {
  loops: 'CPU time, in code V8 can interrupt, at every place the platform calls a tenant',
  'built-ins': 'CPU time, inside built-in functions V8 cannot interrupt',
  memory: 'memory, of kinds the isolate counts and of kinds it does not',
  aborts: 'the end of the process, by failures V8 answers with abort()',
  'hostile-values': 'the platform itself, by values and prototypes that lie to it',
  bridge: 'the host process, through the calls between guest and host',
  deploys: 'the host process, through what a deploy carries besides code',
  floods: 'the host, by the number or the size of what it is asked for',
  http: "the data port's connections, and whoever shares them",
  platform: 'threads and memory of the host, through what it does for crypto, compression, sockets and events',
  network: 'addresses no tenant may reach',
  tenancy: 'what belongs to another task or another tenant',
} as const

export type AttackClass = keyof typeof ATTACK_CLASSES

/** How an exchange with the data port ended, as far as its client can tell; most are outcomes of tasks. */
export type Ending =
  | Outcome
  /** The version was not taken, and nothing was sent to it. */
  | 'refusedDeploy'
  /** 400: not a request. */
  | 'invalidRequest'
  /** The response had begun, and its connection was closed before it was complete. */
  | 'cut'
  /** Nothing, or not all, within the time an exchange may take. Never acceptable. */
  | 'unanswered'

export interface Expectation {
  /** Every exchange ends in one of these ways. */
  readonly endings: readonly Ending[]
  /** What becomes of the host process that runs the worker. Where it dies, the worker must be named and quarantined. */
  readonly host: 'survives' | 'may-die' | 'dies'
}

export interface Attack {
  /** What it tries, in a few words. */
  readonly title: string
  /** The worker: one JavaScript module. Its `env` has the {@link StageEnv} besides its own. */
  readonly source: string
  readonly mode?: Mode
  readonly limits?: Partial<Limits>
  readonly env?: { readonly [key: string]: Json }
  /** Default `now`: the deploy loads it. */
  readonly start?: 'now' | 'on-demand'
  /** Makes of the bundle what a deployer could send who does not use our bundler. */
  readonly forge?: (bundle: Bundle) => unknown
  /** One after another, each when the one before is over. Default: one `GET /`. */
  readonly requests?: readonly AttackRequest[]
  readonly expect: Expectation
  /** The attack is after time: how long it ran is compared with the bar of its kind. */
  readonly runaway?: 'interruptible' | 'uninterruptible'
  /** How long to watch after the last exchange, for what happens only then. */
  readonly lingersMs?: number
  /** What else must be true. Returns what is wrong. */
  readonly verify?: (evidence: Evidence) => string | undefined
}

/** What the runner adds to the `env` of every attack: where the things stand that it might reach for. */
export interface StageEnv {
  /** An origin on 127.0.0.1 and ::1 that no worker may reach; see `Evidence.baitHits`. */
  readonly BAIT_PORT: number
  /** An origin the operator allows (127.0.0.2), with answers that are attacks themselves; see `runner/origins.ts`. */
  readonly ORIGIN: string
  readonly ADMIN_PORT: number
  readonly DATA_PORT: number
}

export type AttackRequest = HttpRequest | SocketScript

export interface HttpRequest {
  readonly method?: string
  /** Default `/`. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** So many at once, each on a connection of its own. Default 1. */
  readonly times?: number
  /** The client closes its connection this long after it has sent the request. */
  readonly leaveAfterMs?: number
  /** `false`: the client reads nothing of what it is sent. Only with `leaveAfterMs`. */
  readonly reads?: false
}

/** For what no HTTP client would send. `{host}` stands for the worker's Host header, `{neighbour}` for another tenant's. */
export interface SocketScript {
  readonly steps: readonly SocketStep[]
  readonly times?: number
}

export type SocketStep =
  | { readonly send: string; readonly times?: number }
  | { readonly pauseMs: number }
  | { readonly leave: true }

/** One connection of an attack. */
export interface Exchange {
  readonly ending: Ending
  readonly tookMs: number
  /** The responses on the connection, in order; the last may be incomplete. */
  readonly responses: readonly Response[]
  /** All bytes that came, as latin1. */
  readonly raw: string
}

export interface Evidence {
  readonly exchanges: readonly Exchange[]
  /** The body of each exchange's first response. */
  readonly bodies: readonly string[]
  /** Connections made to the bait. */
  readonly baitHits: number
  /** Requests the allowed origin got. */
  readonly originHits: number
  /** What the server wrote to stdout and stderr meanwhile. */
  readonly serverOutput: string
}

/** In the `env`, the globals and the bodies of the neighbour, a worker of another tenant on the same host. */
export const NEIGHBOUR_SECRET = 'what-only-the-neighbour-knows'
