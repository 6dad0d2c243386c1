// The program of the control process: control, with its admin API. The supervisor starts it again when it dies.
import { createServer } from 'node:net'
import { join } from 'node:path'
import { SourceBundler } from '../backend/source/source-bundler.ts'
import { Audit } from '../control/audit.ts'
import { Control } from '../control/control.ts'
import { lockDataFolder } from '../control/data-lock.ts'
import { type Database, openDatabase } from '../control/database.ts'
import type { BlobStore } from '../control/blob-store.ts'
import { sqliteBlobStore } from '../control/sqlite-blob-store.ts'
import { guardStore } from '../control/guarded-store.ts'
import { Routes } from '../control/routes.ts'
import { Secrets } from '../control/secrets.ts'
import { ScheduleStore } from '../control/schedule-store.ts'
import { Schedules } from '../control/schedules.ts'
import { ThreadedKvStore } from '../control/kv/threaded-kv-store.ts'
import { openTaskLogFile } from '../control/task-log-file.ts'
import { sqliteStore } from '../control/sqlite-store.ts'
import { Tokens } from '../control/tokens.ts'
import { LIMIT_CEILINGS } from '../limits.ts'
import type { AdminDoor } from '../wire/admin-door.ts'
import {
  type ControlConfig,
  type ControlToSupervisor,
  EXIT_DATA_IN_USE,
  type SupervisorToControl,
} from '../wire/control-process-messages.ts'
import type { HostStatus } from '../wire/host-status.ts'
import { createAdminServer, listenOnHandle } from './admin-server.ts'
import { addApis } from './api/add-apis.ts'
import type { BackendStanding } from './metrics/backend-families.ts'
import { createExecutions } from '../executions/create-executions.ts'
import type { Executions } from '../executions/executions.ts'

const SUPERVISOR_ANSWERS_WITHIN_MS = 2_000
const HOSTS_BACK_WITHIN_MS = 2_000
/** As much is lost of what a host had counted, at most, when it is killed. */
const MEASURED_EVERY_MS = 2000
const COLLECT_EVERY_MS = 10 * 60_000
/** Between sending a static file and deploying the version that names it. */
const KEPT_UNUSED_MS = 60 * 60_000

const send = (message: ControlToSupervisor): void => void process.send?.(message)
const waiting = new Map<number, (message: SupervisorToControl) => void>()
let lastAsk = 0
let started:
  | {
      readonly control: Control
      readonly database: Database
      readonly door: AdminDoor
      readonly secrets: Secrets
      readonly routes: Routes
      readonly schedules: Schedules
      readonly blobs: BlobStore
      readonly kv: ThreadedKvStore
      readonly executions: Executions | undefined
    }
  | undefined
const kvServer = createServer()

/** Undefined where the supervisor does not answer in time. */
function ask(type: 'hosts' | 'reload', withinMs: number | undefined): Promise<SupervisorToControl | undefined> {
  return new Promise((resolve) => {
    lastAsk += 1
    const number = lastAsk
    const timer = withinMs === undefined ? undefined : setTimeout(() => finish(undefined), withinMs)
    const finish = (message: SupervisorToControl | undefined): void => {
      clearTimeout(timer)
      waiting.delete(number)
      resolve(message)
    }
    waiting.set(number, finish)
    send({ type, ask: number })
  })
}

async function hosts(): Promise<readonly HostStatus[]> {
  const answer = await ask('hosts', SUPERVISOR_ANSWERS_WITHIN_MS)
  return answer?.type === 'hosts' ? answer.hosts : []
}

async function reload(): Promise<void> {
  await ask('reload', undefined)
}

function warn(message: string): void {
  process.stderr.write(`isopod: ${message}\n`)
}

function start(config: ControlConfig, handle: unknown): void {
  if (!lockDataFolder(config.dataFolder)) process.exit(EXIT_DATA_IN_USE)
  const database = openDatabase(join(config.dataFolder, 'isopod.db'))
  const store = guardStore(sqliteStore(database), warn)
  const secrets = new Secrets(database, config.secretsKeyFile ?? join(config.dataFolder, 'secrets.key'))
  const routes = new Routes(database)
  const blobs = sqliteBlobStore(database)
  setInterval(() => collectBlobs(blobs), COLLECT_EVERY_MS)
  const server = createServer()
  const kv = new ThreadedKvStore({
    path: join(config.dataFolder, 'kv.db'),
    quotaBytes: config.kvTenantMb * 1024 * 1024,
  })
  const control = new Control({
    store,
    blobs,
    server,
    ceilings: LIMIT_CEILINGS,
    secrets,
    routes,
    failed,
    wallMs: config.wallMs,
    removed: (worker) => schedules.forget(worker),
    kv: { server: kvServer, store: kv },
    trust: {
      vouchedTenants: config.vouchedTenants,
      cleanTasks: config.probationTasks,
      probationMs: config.probationMs,
    },
  })
  control.measuring.repeat(MEASURED_EVERY_MS)
  if (config.logsKept > 0) {
    control.tasks.keepIn(openTaskLogFile(join(config.dataFolder, 'logs.db'), config.logsKept), failed)
  }
  const schedules = new Schedules({
    store: new ScheduleStore(database),
    run: (worker, task) => control.run(worker, { type: 'scheduled', ...task }),
    failed: warn,
  })
  const executions = config.execute === undefined ? undefined : createExecutions(config.execute)
  started = { control, database, door: config.door, secrets, routes, schedules, blobs, kv, executions }
  server.listen(handle)
}

function failed(error: unknown): void {
  warn(error instanceof Error ? error.message : String(error))
}

function collectBlobs(contents: BlobStore): void {
  try {
    contents.collect(KEPT_UNUSED_MS)
  } catch (error) {
    process.stderr.write(`isopod: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

async function openAdmin(handle: unknown): Promise<void> {
  if (started === undefined) return
  const { blobs, control, database, door, executions, kv, routes, schedules, secrets } = started
  // Hosts that were there before look for control every few milliseconds. Nobody may be told that all hosts know a version
  // while some of them are not yet back.
  const running = (await hosts()).filter(({ state }) => state === 'serving' || state === 'opening')
  await control.awaitHosts(
    running.map(({ id }) => id),
    HOSTS_BACK_WITHIN_MS,
  )
  const tokens = new Tokens(database)
  const audit = new Audit(database, warn)
  const app = await createAdminServer({ door, tokens, audit, hasDashboard: true })
  const sources = new SourceBundler()
  const backends = (): readonly BackendStanding[] =>
    executions?.backends.all.map((backend) => ({ name: backend.name, ...backend.health() })) ?? []
  const stores = { blobs, control, kv, secrets, routes, schedules, tokens, audit }
  addApis(app, { ...stores, backends, executions, sources, hosts, reload })
  schedules.start()
  await listenOnHandle(app, handle)
  const hasAdminToken = tokens.hasAdmin() || door.given.some(({ role }) => role === 'admin')
  send({ type: 'ready', isLocked: door.requireToken && !hasAdminToken })
}

async function receive(message: SupervisorToControl, handle: unknown): Promise<void> {
  switch (message.type) {
    case 'configure':
      return start(message.config, handle)
    case 'kv':
      kvServer.listen(handle)
      return
    case 'admin':
      return openAdmin(handle)
    case 'admit':
      return started?.control.admit(message.admission)
    case 'dismiss':
      return started?.control.dismiss(message.token)
    case 'alarmed':
      return started?.control.hostAlarmed(message.host, message.version)
    case 'recovered':
      return started?.control.hostRecovered(message.host)
    case 'incident':
      // Whatever it takes to tell the hosts, it is noted once this has begun.
      void started?.control.hostDied(message.incident)
      send({ type: 'noted' })
      return
    default:
      waiting.get(message.ask)?.(message)
  }
}

// Ctrl-C reaches the whole process group; ending is the supervisor's to decide.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))
process.on('message', (message: SupervisorToControl, handle: unknown) => {
  receive(message, handle).catch((error: unknown) => {
    process.stderr.write(`isopod: control failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
})
