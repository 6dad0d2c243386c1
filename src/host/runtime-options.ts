// The options of a runtime, checked and with their defaults. The core reads no environment; `config/` does that.
import { availableParallelism, totalmem } from 'node:os'
import { IsopodError } from '../errors.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import type { Observer } from '../observer.ts'
import { MOST_WEIGHT } from '../quota.ts'
import { type Clock, CLOCKS, type Mode, MODES, type NetworkPolicy } from '../version.ts'
import { assertNameServers, assertNetworkPolicy } from './check-network-policy.ts'
import { containObserver } from './contained-observer.ts'
import { assertLimits } from './check-version.ts'

export interface RuntimeOptions {
  /** Mode of versions that name none. Default `persistent`. */
  readonly mode?: Mode
  /**
   * Where isolates run: in a `process` of their own (default), `inline` on the calling thread, or on the `threads` of
   * isolated-vm's pool, which works with mode `pool` only.
   */
  readonly executor?: 'process' | 'inline' | 'threads'
  /** Most isolates at once. Default 1000. */
  readonly poolSize?: number
  /** Most tasks waiting for one worker's instance, and of one tenant for a place in the pool. Default 100. */
  readonly taskQueueSize?: number
  /** Most tasks of one tenant waiting, for whatever. Default 1000. */
  readonly tenantQueueSize?: number
  /** How long a task may wait for an instance, in milliseconds. Default 10,000. */
  readonly queueWaitMs?: number
  /**
   * Shares of the time that tenants get which always have tasks waiting: integers from 1 to 100, by tenant. One of weight 3
   * gets three times as much CPU time as one that is not named. Default: none.
   */
  readonly tenantWeights?: Readonly<Record<string, number>>
  /** Blank instances kept ready. Default: the number of cores, at least 2. */
  readonly reserveSize?: number
  /** In mode `pool`: a `fresh` context for each task, or one that stays `warm`. Default `fresh`. */
  readonly poolContext?: 'fresh' | 'warm'
  /** Most instances of one tenant at once. Default: `poolSize`. */
  readonly tenantInstances?: number
  /** Most instances of one persistent worker at once. Default: twice the number of cores. */
  readonly persistentReplicas?: number
  /** Most tasks under way at once on one persistent instance. Default 1000. */
  readonly persistentTasksAtOnce?: number
  /** Heap of all instances together, in MiB. Default: half of the machine's memory. */
  readonly memoryBudgetMb?: number
  /** An instance whose heap is above this after a task is replaced, in MiB. Default 256. */
  readonly restartMemoryMb?: number
  /** An instance older than this is replaced, in milliseconds. Default 86,400,000, a day. */
  readonly maxAgeMs?: number
  /** An instance that so many exceptions in a row came out of is replaced. Default 100. */
  readonly maxErrors?: number
  /** How often idle instances are checked, and their garbage collected, in milliseconds. Default 30,000. */
  readonly healthCheckMs?: number
  /** How long streamed responses of a version that was replaced may go on, in milliseconds. Default 30,000. */
  readonly drainMs?: number
  /**
   * What the clocks of workers show: the time their code was entered, so that it can time nothing (`frozen`, the
   * default), or the time at every moment (`real`).
   */
  readonly clock?: Clock
  /** Limits of versions that set none. */
  readonly limits?: Partial<Limits>
  /** What workers may reach. Bounds the policies of versions. */
  readonly network?: NetworkOptions
  readonly observer?: Observer
}

export interface NetworkOptions extends NetworkPolicy {
  /** Addresses of the name servers that resolve names for workers, with or without a port. Default: the machine's. */
  readonly nameServers?: readonly string[]
}

export type ResolvedOptions = Required<Omit<RuntimeOptions, 'limits'>> & { readonly limits: Limits }

const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  poolSize: [1, 100_000],
  taskQueueSize: [0, 1_000_000],
  tenantQueueSize: [0, 1_000_000],
  queueWaitMs: [1, 2 ** 31 - 1],
  tenantInstances: [1, 100_000],
  persistentReplicas: [1, 10_000],
  reserveSize: [0, 1000],
  persistentTasksAtOnce: [1, 100_000],
  memoryBudgetMb: [16, 16_777_216],
  restartMemoryMb: [1, 16_777_216],
  maxAgeMs: [10, 2 ** 31 - 1],
  maxErrors: [1, 1_000_000],
  healthCheckMs: [10, 2 ** 31 - 1],
  drainMs: [0, 2 ** 31 - 1],
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  mode: MODES,
  executor: ['process', 'inline', 'threads'],
  poolContext: ['fresh', 'warm'],
  clock: CLOCKS,
}

/** `persistentReplicas`, unless given. */
export function defaultReplicas(): number {
  return 2 * availableParallelism()
}

/** @throws IsopodError `INVALID_OPTION` */
export function resolveOptions(options: RuntimeOptions): ResolvedOptions {
  const resolved: ResolvedOptions = {
    mode: 'persistent',
    executor: 'process',
    poolSize: 1000,
    taskQueueSize: 100,
    tenantQueueSize: 1000,
    queueWaitMs: 10_000,
    tenantInstances: options.poolSize ?? 1000,
    persistentReplicas: defaultReplicas(),
    reserveSize: Math.max(2, availableParallelism()),
    poolContext: 'fresh',
    clock: 'frozen',
    persistentTasksAtOnce: 1000,
    memoryBudgetMb: Math.floor(totalmem() / 2 / 1024 / 1024),
    restartMemoryMb: 256,
    maxAgeMs: 86_400_000,
    maxErrors: 100,
    healthCheckMs: 30_000,
    drainMs: 30_000,
    network: {},
    observer: {},
    tenantWeights: {},
    ...options,
    limits: Object.freeze({ ...DEFAULT_LIMITS, ...options.limits }),
  }
  if (options.limits !== undefined) assertLimits(options.limits)
  for (const [name, value] of Object.entries(resolved)) check(name, value)
  for (const [tenant, weight] of Object.entries(resolved.tenantWeights)) {
    if (Number.isInteger(weight) && weight >= 1 && weight <= MOST_WEIGHT) continue
    throw new IsopodError(
      'INVALID_OPTION',
      `The weight of the tenant "${tenant}" must be an integer from 1 to ${MOST_WEIGHT}; got ${weight}.`,
    )
  }
  const { nameServers, ...policy } = resolved.network
  assertNetworkPolicy(policy)
  assertNameServers(nameServers)
  if (resolved.executor === 'threads' && resolved.mode !== 'pool') {
    throw new IsopodError('INVALID_OPTION', 'The executor "threads" works with mode "pool" only.')
  }
  return Object.freeze({ ...resolved, observer: containObserver(resolved.observer) })
}

const OBJECTS = new Set(['limits', 'network', 'observer', 'tenantWeights'])

function check(name: string, value: unknown): void {
  const range = RANGES[name]
  const choices = CHOICES[name]
  if (range !== undefined) {
    if (Number.isInteger(value) && (value as number) >= range[0] && (value as number) <= range[1]) return
    throw new IsopodError(
      'INVALID_OPTION',
      `"${name}" must be an integer from ${range[0]} to ${range[1]}; got ${String(value)}.`,
    )
  }
  if (choices !== undefined) {
    if (choices.includes(value as string)) return
    throw new IsopodError('INVALID_OPTION', `"${name}" must be one of ${choices.join(', ')}; got ${String(value)}.`)
  }
  if (!OBJECTS.has(name)) throw new IsopodError('INVALID_OPTION', `There is no option "${name}".`)
  if (typeof value === 'object' && value !== null) return
  throw new IsopodError('INVALID_OPTION', `"${name}" must be an object; got ${String(value)}.`)
}
