// Every setting there is: its name, where it may come from, what it may be, what it is unless told. Flags come before the
// environment, the environment before defaults. Nothing else in Isopod reads the environment for settings.
import { z } from 'zod'
import { IsopodError } from '../errors.ts'
import { type Clock, CLOCKS, COMPATIBILITY_FLAGS, type CompatibilityFlag, type Mode, MODES } from '../version.ts'
import {
  adminToken,
  choice,
  compatibilityFlags,
  domain,
  hostNames,
  integer,
  list,
  MAX_MB,
  MAX_MS,
  serverUrl,
  yes,
} from './setting-values.ts'

/** Resolved settings. Units are in the names. */
export interface Settings {
  readonly mode: Mode
  readonly port: number
  readonly adminPort: number
  readonly adminListen: string
  readonly adminHosts: string[]
  readonly requireToken: boolean
  readonly adminToken: string | undefined
  readonly adminChangesPerMinute: number
  readonly adminReadsPerMinute: number
  readonly server: string | undefined
  readonly token: string | undefined
  readonly listen: string
  readonly domain: string
  readonly executor: 'inline' | 'threads'
  readonly hosts: number | undefined
  readonly memoryMb: number | undefined
  readonly dataFolder: string | undefined
  readonly logsKept: number
  readonly logFormat: 'text' | 'json'
  readonly secretsKeyFile: string | undefined
  readonly sandbox: 'auto' | 'strict' | 'off'
  readonly hostUser: string
  readonly trustedTenants: string[]
  readonly probationTasks: number
  readonly probationMs: number
  readonly drainMs: number
  readonly kvTenantMb: number
  readonly execute: 'on' | 'off'
  readonly executionsAtOnce: number | undefined
  readonly poolContext: 'fresh' | 'warm'
  readonly clock: Clock
  readonly reserveSize: number
  readonly cpuMs: number
  readonly wallMs: number
  readonly allowAddresses: string[]
  readonly denyAddresses: string[]
  readonly allowHosts: string[] | undefined
  readonly compatibilityFlags: CompatibilityFlag[] | undefined
  readonly poolSize: number
  readonly heapMaxMb: number
  readonly heapInitialMb: number | undefined
  readonly persistentPoolSize: number | undefined
  readonly tenantInstances: number | undefined
  readonly maxAgeMs: number
  readonly maxErrors: number
  readonly restartMemoryMb: number
  readonly healthCheckMs: number
  readonly taskQueueSize: number
  readonly tenantQueueSize: number
  readonly queueWaitMs: number
}

export type SettingName = keyof Settings

export interface Setting<T> {
  readonly schema: z.ZodType<T>
  readonly env: string
  /** Command-line form; absent where a flag would be of no use. */
  readonly flag?: string
  /** Its value is never shown. */
  readonly secret?: true
  readonly text: string
}

function setting<T>(schema: z.ZodType<T>, facts: Omit<Setting<T>, 'schema'>): Setting<T> {
  return { schema, ...facts }
}

export const SETTINGS: { readonly [K in SettingName]: Setting<Settings[K]> } = {
  mode: setting(choice(MODES).default('persistent'), {
    env: 'ISOPOD_MODE',
    flag: '--mode <mode>',
    text: `mode of workers that name none: ${MODES.join(', ')}`,
  }),
  port: setting(integer(0, 65_535).default(8787), {
    env: 'ISOPOD_PORT',
    flag: '--port <port>',
    text: 'data port; 0 takes a free one',
  }),
  adminPort: setting(integer(0, 65_535).default(8788), {
    env: 'ISOPOD_ADMIN_PORT',
    flag: '--admin-port <port>',
    text: 'admin port; 0 takes a free one',
  }),
  adminListen: setting(z.string().min(1, { error: 'it must be an address of this machine' }).default('127.0.0.1'), {
    env: 'ISOPOD_ADMIN_LISTEN',
    flag: '--admin-listen <address>',
    text: 'address of the admin port; off loopback it answers to tokens only',
  }),
  adminHosts: setting(hostNames.default([]), {
    env: 'ISOPOD_ADMIN_HOSTS',
    flag: '--admin-hosts <names>',
    text: 'host names that the admin port answers to besides its address, as a comma-separated list',
  }),
  requireToken: setting(yes, {
    env: 'ISOPOD_REQUIRE_TOKEN',
    flag: '--require-token',
    text: 'the admin port answers to tokens only on loopback too',
  }),
  adminToken: setting(adminToken.optional(), {
    env: 'ISOPOD_ADMIN_TOKEN',
    secret: true,
    text: 'a token that may do everything, without being stored',
  }),
  adminChangesPerMinute: setting(integer(1, 1_000_000).default(600), {
    env: 'ISOPOD_ADMIN_CHANGES_PER_MINUTE',
    flag: '--admin-changes-per-minute <count>',
    text: 'changing requests that the admin port takes from one token or address in a minute',
  }),
  adminReadsPerMinute: setting(integer(1, 1_000_000).default(6000), {
    env: 'ISOPOD_ADMIN_READS_PER_MINUTE',
    flag: '--admin-reads-per-minute <count>',
    text: 'and other requests, likewise',
  }),
  server: setting(serverUrl.optional(), {
    env: 'ISOPOD_SERVER',
    flag: '--server <url>',
    text: 'admin port that commands talk to; on this machine, at --admin-port, unless told',
  }),
  token: setting(z.string().min(1).optional(), {
    env: 'ISOPOD_TOKEN',
    flag: '--token <secret>',
    secret: true,
    text: 'token that commands show there; other users of this machine see flags, so prefer the variable',
  }),
  listen: setting(z.string().min(1, { error: 'it must be an address of this machine' }).default('127.0.0.1'), {
    env: 'ISOPOD_LISTEN',
    flag: '--listen <address>',
    text: 'address of the data port',
  }),
  domain: setting(domain.default('localhost'), {
    env: 'ISOPOD_DOMAIN',
    flag: '--domain <name>',
    text: 'workers answer at <worker>.<domain>',
  }),
  executor: setting(choice(['inline', 'threads']).default('inline'), {
    env: 'ISOPOD_EXECUTOR',
    flag: '--executor <name>',
    text: 'where isolates run: inline, or threads (mode pool only)',
  }),
  hosts: setting(integer(0, 1024).optional(), {
    env: 'ISOPOD_HOSTS',
    flag: '--hosts <count>',
    text: 'main host processes, one per core unless told; 0 runs everything in one process, for development',
  }),
  memoryMb: setting(integer(64, MAX_MB).optional(), {
    env: 'ISOPOD_MEMORY_MB',
    flag: '--memory-mb <mib>',
    text: 'resident memory of all hosts together, in MiB; 70 % of the machine unless told',
  }),
  dataFolder: setting(z.string().min(1).optional(), {
    env: 'ISOPOD_DATA',
    flag: '--data <folder>',
    text: 'where versions, trust and quarantine are kept; unless told they are forgotten at the end',
  }),
  logFormat: setting(choice(['text', 'json']).default('text'), {
    env: 'ISOPOD_LOG_FORMAT',
    flag: '--log-format <format>',
    text: 'how logs and errors of workers are written: text for people, json for collectors, one object a line',
  }),
  logsKept: setting(integer(0, 1_000_000).default(0), {
    env: 'ISOPOD_LOGS_KEPT',
    flag: '--logs-kept <count>',
    text: 'tasks that logged something or failed that are kept in the data folder, across restarts',
  }),
  secretsKeyFile: setting(z.string().min(1).optional(), {
    env: 'ISOPOD_SECRETS_KEY_FILE',
    flag: '--secrets-key-file <file>',
    text: 'the key that secrets are encrypted with, 32 bytes; made if need be, in the data folder unless told',
  }),
  sandbox: setting(choice(['auto', 'strict', 'off']).default('auto'), {
    env: 'ISOPOD_SANDBOX',
    flag: '--sandbox <kind>',
    text: 'confinement of hosts: auto, the strongest this machine offers; strict, that or no start; off',
  }),
  hostUser: setting(z.string().min(1).default('nobody'), {
    env: 'ISOPOD_HOST_USER',
    flag: '--host-user <name>',
    text: 'user that hosts run as when the server is started by root',
  }),
  trustedTenants: setting(list.default(['default']), {
    env: 'ISOPOD_TRUSTED_TENANTS',
    flag: '--trusted-tenants <names>',
    text: 'tenants that start in the main hosts, as a comma-separated list',
  }),
  probationTasks: setting(integer(0, 1_000_000_000).default(1000), {
    env: 'ISOPOD_PROBATION_TASKS',
    flag: '--probation-tasks <count>',
    text: 'clean tasks after which a tenant leaves probation',
  }),
  probationMs: setting(integer(0, MAX_MS).default(600_000), {
    env: 'ISOPOD_PROBATION_MS',
    flag: '--probation-ms <ms>',
    text: 'and how long it has to have been there, in milliseconds',
  }),
  drainMs: setting(integer(0, MAX_MS).default(30_000), {
    env: 'ISOPOD_DRAIN_MS',
    flag: '--drain-ms <ms>',
    text: 'how long running tasks may go on when a host or the server ends, and streams of a replaced version, in milliseconds',
  }),
  kvTenantMb: setting(integer(1, MAX_MB).default(1024), {
    env: 'ISOPOD_KV_TENANT_MB',
    flag: '--kv-tenant-mb <mib>',
    text: 'what one tenant may keep in its KV namespaces, in MiB',
  }),
  execute: setting(choice(['on', 'off']).default('on'), {
    env: 'ISOPOD_EXECUTE',
    flag: '--execute <choice>',
    text: 'on or off: whether the admin port takes code to run, in a process without network',
  }),
  executionsAtOnce: setting(integer(1, 64).optional(), {
    env: 'ISOPOD_EXECUTIONS_AT_ONCE',
    flag: '--executions-at-once <count>',
    text: 'submitted pieces of code that run at the same time; twice the number of cores unless told',
  }),
  poolContext: setting(choice(['fresh', 'warm']).default('fresh'), {
    env: 'ISOPOD_POOL_CONTEXT',
    flag: '--pool-context <kind>',
    text: 'mode pool: a fresh context for each task, or a warm one',
  }),
  clock: setting(choice(CLOCKS).default('frozen'), {
    env: 'ISOPOD_CLOCK',
    flag: '--clock <kind>',
    text: 'clocks of workers: frozen, they stand still while code runs, so that it can time nothing; or real',
  }),
  reserveSize: setting(integer(0, 1000).default(2), {
    env: 'ISOPOD_RESERVE_SIZE',
    flag: '--reserve <count>',
    text: 'blank instances kept ready',
  }),
  cpuMs: setting(integer(1, MAX_MS).default(100), {
    env: 'ISOPOD_CPU_MS',
    flag: '--cpu-ms <ms>',
    text: 'CPU time of one task, in milliseconds',
  }),
  wallMs: setting(integer(1, MAX_MS).default(30_000), {
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
    flag: '--deny-addresses <list>',
    text: 'addresses and host names workers may not fetch from, likewise; *.example.com is all names below one, * everything',
  }),
  allowHosts: setting(list.optional(), {
    env: 'ISOPOD_ALLOW_HOSTS',
    flag: '--allow-hosts <names>',
    text: 'the only host names workers may fetch from, likewise; without it all that are not denied',
  }),
  compatibilityFlags: setting(compatibilityFlags.optional(), {
    env: 'ISOPOD_COMPATIBILITY_FLAGS',
    flag: '--compatibility-flags <flags>',
    text: `what workers are bundled with beyond web APIs, as a comma-separated list of: ${COMPATIBILITY_FLAGS.join(', ')}`,
  }),
  poolSize: setting(integer(1, 100_000).default(1000), {
    env: 'ISOLATE_POOL_SIZE',
    flag: '--pool-size <count>',
    text: 'most isolates at once',
  }),
  heapMaxMb: setting(integer(8, 4096).default(50), {
    env: 'ISOLATE_HEAP_MAX_MB',
    flag: '--heap-mb <mib>',
    text: 'heap of one isolate, in MiB',
  }),
  heapInitialMb: setting(integer(1, 4096).optional(), {
    env: 'ISOLATE_HEAP_INITIAL_MB',
    text: 'accepted, without effect: V8 sizes the heap of an isolate by its use',
  }),
  persistentPoolSize: setting(integer(1, 10_000).optional(), {
    env: 'PERSISTENT_WORKER_POOL_SIZE',
    text: 'most instances of one persistent worker; twice the number of cores unless told',
  }),
  tenantInstances: setting(integer(1, 100_000).optional(), {
    env: 'ISOPOD_TENANT_INSTANCES',
    flag: '--tenant-instances <count>',
    text: 'most instances of one tenant; as many as there are isolates unless told',
  }),
  maxAgeMs: setting(integer(10, MAX_MS).default(86_400_000), {
    env: 'ISOPOD_INSTANCE_MAX_AGE_MS',
    flag: '--instance-max-age-ms <ms>',
    text: 'age by which an instance is replaced, in milliseconds',
  }),
  maxErrors: setting(integer(1, 1_000_000).default(100), {
    env: 'ISOPOD_INSTANCE_MAX_ERRORS',
    flag: '--instance-max-errors <count>',
    text: 'exceptions in a row after which an instance is replaced',
  }),
  restartMemoryMb: setting(integer(1, MAX_MB).default(256), {
    env: 'WORKER_RESTART_MEMORY_THRESHOLD_MB',
    text: 'an instance whose heap is above this is replaced, in MiB',
  }),
  healthCheckMs: setting(integer(10, MAX_MS).default(30_000), {
    env: 'WORKER_HEALTH_CHECK_INTERVAL_MS',
    text: 'how often idle instances are checked, in milliseconds',
  }),
  taskQueueSize: setting(integer(0, 1_000_000).default(100), {
    env: 'WORKER_TASK_QUEUE_SIZE',
    flag: '--queue-size <count>',
    text: 'most tasks waiting for one worker',
  }),
  tenantQueueSize: setting(integer(0, 1_000_000).default(1000), {
    env: 'ISOPOD_TENANT_QUEUE_SIZE',
    flag: '--tenant-queue-size <count>',
    text: 'most tasks of one tenant waiting on a host',
  }),
  queueWaitMs: setting(integer(1, MAX_MS).default(10_000), {
    env: 'ISOPOD_QUEUE_WAIT_MS',
    flag: '--queue-wait-ms <ms>',
    text: 'how long a task may wait for an instance, in milliseconds',
  }),
}

/** Environment names that start like ours; a misspelt one is an error, not a surprise. `WORKER_` may be anybody's. */
const OWN_PREFIX = /^(?:ISOPOD|ISOLATE|PERSISTENT_WORKER)_/

/** The known name that agrees with the given one for longest. */
function nearestName(name: string, known: Iterable<string>): string {
  let nearest = ''
  let longest = -1
  for (const candidate of known) {
    let length = 0
    while (length < name.length && name[length] === candidate[length]) length += 1
    if (length > longest) [nearest, longest] = [candidate, length]
  }
  return nearest
}

/** @throws IsopodError `INVALID_OPTION` naming the flag or variable, what it was, and what it may be */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const known = new Set<string>(Object.values(SETTINGS).map(({ env }) => env))
  for (const name of Object.keys(environment)) {
    if (!OWN_PREFIX.test(name) || known.has(name)) continue
    throw new IsopodError('INVALID_OPTION', `There is no setting ${name}. Did you mean ${nearestName(name, known)}?`)
  }
  const settings: Record<string, unknown> = {}
  for (const [name, { schema, env, flag, secret }] of Object.entries(SETTINGS)) {
    const fromFlag = flags[name] !== undefined
    const given = fromFlag ? flags[name] : environment[env] === '' ? undefined : environment[env]
    const result = schema.safeParse(given)
    if (!result.success) {
      const problem = result.error.issues.map(({ message }) => message).join('; ')
      const shown = secret === true ? 'not usable' : JSON.stringify(given)
      throw new IsopodError('INVALID_OPTION', `${fromFlag ? flag?.split(' ')[0] : env} is ${shown}: ${problem}.`)
    }
    settings[name] = result.data
  }
  return Object.freeze(settings) as unknown as Settings
}
