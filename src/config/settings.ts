// Every setting there is: its name, where it may come from, what it may be, what it is unless told. Flags come before the
// environment, the environment before defaults. Nothing else in Isopod reads the environment for settings.
import { z } from 'zod'
import { IsopodError } from '../errors.ts'
import { type Mode, MODES } from '../version.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const positive = z.coerce.number().int().min(1)
const count = z.coerce.number().int().min(0)
const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((item) => item.trim()).filter(Boolean) : value),
  z.array(z.string()),
)

/** Resolved settings. Units are in the names. */
export interface Settings {
  readonly mode: Mode
  readonly port: number
  readonly adminPort: number
  readonly listen: string
  readonly domain: string
  readonly executor: 'inline' | 'threads'
  readonly poolContext: 'fresh' | 'warm'
  readonly reserveSize: number
  readonly cpuMs: number
  readonly wallMs: number
  readonly allowAddresses: string[]
  readonly denyAddresses: string[]
  readonly poolSize: number
  readonly heapMaxMb: number
  readonly heapInitialMb: number | undefined
  readonly persistentPoolSize: number | undefined
  readonly restartMemoryMb: number
  readonly healthCheckMs: number
  readonly taskQueueSize: number
}

export type SettingName = keyof Settings

export interface Setting<T> {
  readonly schema: z.ZodType<T>
  readonly env: string
  /** Command-line form; absent where a flag would be of no use. */
  readonly flag?: string
  readonly text: string
}

function setting<T>(schema: z.ZodType<T>, facts: Omit<Setting<T>, 'schema'>): Setting<T> {
  return { schema, ...facts }
}

export const SETTINGS: { readonly [K in SettingName]: Setting<Settings[K]> } = {
  mode: setting(z.enum(MODES).default('persistent'), {
    env: 'ISOPOD_MODE',
    flag: '--mode <mode>',
    text: `mode of workers that name none: ${MODES.join(', ')}`,
  }),
  port: setting(port.default(8787), { env: 'ISOPOD_PORT', flag: '--port <port>', text: 'data port; 0 takes a free one' }),
  adminPort: setting(port.default(8788), {
    env: 'ISOPOD_ADMIN_PORT',
    flag: '--admin-port <port>',
    text: 'admin port; 0 takes a free one',
  }),
  listen: setting(z.string().default('127.0.0.1'), {
    env: 'ISOPOD_LISTEN',
    flag: '--listen <address>',
    text: 'address of the data port',
  }),
  domain: setting(z.string().default('localhost'), {
    env: 'ISOPOD_DOMAIN',
    flag: '--domain <name>',
    text: 'workers answer at <worker>.<domain>',
  }),
  executor: setting(z.enum(['inline', 'threads']).default('inline'), {
    env: 'ISOPOD_EXECUTOR',
    flag: '--executor <name>',
    text: 'where isolates run: inline, or threads (mode pool only)',
  }),
  poolContext: setting(z.enum(['fresh', 'warm']).default('fresh'), {
    env: 'ISOPOD_POOL_CONTEXT',
    flag: '--pool-context <kind>',
    text: 'mode pool: a fresh context for each task, or a warm one',
  }),
  reserveSize: setting(count.max(1000).default(2), {
    env: 'ISOPOD_RESERVE_SIZE',
    flag: '--reserve <count>',
    text: 'blank instances kept ready',
  }),
  cpuMs: setting(positive.default(100), {
    env: 'ISOPOD_CPU_MS',
    flag: '--cpu-ms <ms>',
    text: 'CPU time of one task, in milliseconds',
  }),
  wallMs: setting(positive.default(30_000), {
    env: 'ISOPOD_WALL_MS',
    flag: '--wall-ms <ms>',
    text: 'time until a response must have begun, in milliseconds',
  }),
  allowAddresses: setting(list.default([]), {
    env: 'ISOPOD_ALLOW_ADDRESSES',
    flag: '--allow-addresses <cidrs>',
    text: 'private addresses workers may fetch from, as a comma-separated list of CIDR ranges',
  }),
  denyAddresses: setting(list.default([]), {
    env: 'ISOPOD_DENY_ADDRESSES',
    flag: '--deny-addresses <cidrs>',
    text: 'addresses workers may not fetch from, likewise',
  }),
  poolSize: setting(positive.max(100_000).default(1000), {
    env: 'ISOLATE_POOL_SIZE',
    flag: '--pool-size <count>',
    text: 'most isolates at once',
  }),
  heapMaxMb: setting(z.coerce.number().int().min(8).max(4096).default(50), {
    env: 'ISOLATE_HEAP_MAX_MB',
    flag: '--heap-mb <mib>',
    text: 'heap of one isolate, in MiB',
  }),
  heapInitialMb: setting(z.coerce.number().int().min(1).max(4096).optional(), {
    env: 'ISOLATE_HEAP_INITIAL_MB',
    text: 'accepted, without effect: V8 sizes the heap of an isolate by its use',
  }),
  persistentPoolSize: setting(positive.optional(), {
    env: 'PERSISTENT_WORKER_POOL_SIZE',
    text: 'most replicas of one persistent worker; at present a worker has one',
  }),
  restartMemoryMb: setting(positive.default(256), {
    env: 'WORKER_RESTART_MEMORY_THRESHOLD_MB',
    text: 'an instance whose heap is above this is replaced, in MiB',
  }),
  healthCheckMs: setting(positive.default(30_000), {
    env: 'WORKER_HEALTH_CHECK_INTERVAL_MS',
    text: 'how often idle instances are checked, in milliseconds',
  }),
  taskQueueSize: setting(count.max(1_000_000).default(100), {
    env: 'WORKER_TASK_QUEUE_SIZE',
    flag: '--queue-size <count>',
    text: 'most tasks waiting for one worker',
  }),
}

/** Environment names that start like ours; a misspelt one is an error, not a surprise. */
const OWN_PREFIX = /^(?:ISOPOD_|ISOLATE_)/

/** @throws IsopodError `INVALID_OPTION` naming the flag or variable, what it was, and what it may be */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const known = new Set<string>(Object.values(SETTINGS).map(({ env }) => env))
  for (const name of Object.keys(environment)) {
    if (OWN_PREFIX.test(name) && !known.has(name)) throw new IsopodError('INVALID_OPTION', `There is no setting ${name}.`)
  }
  const settings: Record<string, unknown> = {}
  for (const [name, { schema, env, flag }] of Object.entries(SETTINGS)) {
    const fromFlag = flags[name] !== undefined
    const given = fromFlag ? flags[name] : environment[env] === '' ? undefined : environment[env]
    const result = schema.safeParse(given)
    if (!result.success) {
      const problem = result.error.issues.map(({ message }) => message).join('; ')
      throw new IsopodError('INVALID_OPTION', `${fromFlag ? flag?.split(' ')[0] : env} is ${JSON.stringify(given)}: ${problem}.`)
    }
    settings[name] = result.data
  }
  return Object.freeze(settings) as unknown as Settings
}
