// A client of the admin API, for scripts and for the command line. Its types are those of the routes' schemas; of the server
// itself it has nothing.
import { IsopodError, type ErrorCode } from '../errors.ts'
import type {
  BackendList,
  CompareBody,
  Comparison,
  ExecuteBody,
  ExecutionEvent,
  ExecutionList,
  ExecutionParams,
  ExecutionReport,
  StartedExecution,
} from '../server/api/execution-shapes.ts'
import type { Failure } from '../server/api/failure-shapes.ts'
import type { Health, Readiness } from '../server/api/health-shapes.ts'
import type { HostList, PoolReport, Reloaded } from '../server/api/host-shapes.ts'
import type { IncidentList, Lifted, QuarantineList } from '../server/api/quarantine-shapes.ts'
import type { TenantChange, TenantList, TenantParams, TenantReport } from '../server/api/tenant-shapes.ts'
import type {
  AuditList,
  AuditQuery,
  NewToken,
  Revoked,
  TokenBody,
  TokenList,
  TokenParams,
} from '../server/api/token-shapes.ts'
import type { BlobParams, HashList, MissingList, StoredBlob } from '../server/api/asset-shapes.ts'
import type {
  DeploymentList,
  LiveWorkerList,
  LiveWorkerReport,
  RedeployBody,
  RollbackBody,
  VersionList,
} from '../server/api/deployment-shapes.ts'
import type {
  KeyList,
  KeyParams,
  KeyQuery,
  KvDeleted,
  KvStored,
  KvValueBody,
  NamespaceList,
  NamespaceParams,
} from '../server/api/kv-shapes.ts'
import type { LogQuery, TailLine, TailQuery, TaskList } from '../server/api/log-shapes.ts'
import type { HistoryQuery, MeasuresHistory, MeasuresReport } from '../server/api/measures-shapes.ts'
import type { RouteList, WorkerRoutes } from '../server/api/route-shapes.ts'
import type {
  RunList,
  ScheduleBody,
  ScheduleList,
  TaskEndingReport,
  TriggerBody,
} from '../server/api/schedule-shapes.ts'
import type { SecretBody, SecretList, SecretParams, SecretRemoved, SecretSet } from '../server/api/secret-shapes.ts'
import type { RevisionBody, VersionDetail, VersionParams, VersionSource } from '../server/api/version-shapes.ts'
import type { WhoamiReport } from '../server/api/whoami-shapes.ts'
import type { DeployBody, Removed, WorkerParams, WorkerReport } from '../server/api/worker-shapes.ts'
import type { Bundle, Json } from '../version.ts'
import { packBundle } from '../wire/version-text.ts'

export interface ClientOptions {
  /** Of the admin port, such as `http://127.0.0.1:8788`. */
  readonly url: string
  /** Not needed on loopback, unless the server insists. */
  readonly token?: string | undefined
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal | undefined
}

/** A version to deploy. Where it names no `start`, it is tried out on a host first. */
export type NewVersion = Omit<DeployBody, 'bundle' | 'start' | 'percent' | 'message'> &
  Partial<Pick<DeployBody, 'start' | 'percent' | 'message'>> & {
    /** What `bundleProject` and `bundleSource` give. */
    readonly bundle: Bundle
  }

/** Where it names no zone it is UTC, and what was missed is skipped. */
export interface ScheduleInit {
  readonly schedules: readonly (Pick<ScheduleBody['schedules'][number], 'cron'> &
    Partial<ScheduleBody['schedules'][number]>)[]
}

/**
 * One method for each route. Every one rejects with an `IsopodError` that has the server's code and message, or
 * `NOT_RUNNING` where no Isopod answers. Of code that is no program, its `cause` has the `line` and `column`, from 1.
 */
export interface Client {
  workers(): Promise<LiveWorkerList>
  worker(worker: WorkerParams): Promise<LiveWorkerReport>
  /** Resolves when every host sends new tasks to the version. */
  deploy(worker: WorkerParams, version: NewVersion): Promise<WorkerReport>
  remove(worker: WorkerParams): Promise<Removed>
  /** Which contents of static files have to be sent before a version may name them. */
  missingAssets(tenant: TenantParams, hashes: HashList): Promise<MissingList>
  sendAsset(blob: BlobParams, content: Uint8Array): Promise<StoredBlob>
  versions(worker: WorkerParams): Promise<VersionList>
  version(version: VersionParams): Promise<VersionDetail>
  versionSource(version: VersionParams): Promise<VersionSource>
  /** A version that is like another but for what is said. Resolves as `deploy` does. */
  revise(worker: WorkerParams, changes: Pick<RevisionBody, 'from'> & Partial<RevisionBody>): Promise<WorkerReport>
  deployments(worker: WorkerParams): Promise<DeploymentList>
  /** Stored versions answer, in shares. */
  redeploy(worker: WorkerParams, body: Pick<RedeployBody, 'split'> & Partial<RedeployBody>): Promise<LiveWorkerReport>
  /** An earlier version answers again. */
  rollback(worker: WorkerParams, body?: Partial<RollbackBody>): Promise<LiveWorkerReport>
  secrets(worker: WorkerParams): Promise<SecretList>
  setSecret(secret: SecretParams, body: SecretBody): Promise<SecretSet>
  removeSecret(secret: SecretParams): Promise<SecretRemoved>
  routes(): Promise<RouteList>
  /** Host names and paths, instead of those the worker had. */
  setRoutes(worker: WorkerParams, routes: WorkerRoutes): Promise<WorkerRoutes>
  schedules(worker: WorkerParams): Promise<ScheduleList>
  /** Instead of those the worker had. */
  setSchedules(worker: WorkerParams, body: ScheduleInit): Promise<ScheduleList>
  /** Resolves when the run is over. */
  runSchedule(worker: WorkerParams, body?: TriggerBody): Promise<TaskEndingReport>
  scheduleHistory(worker: WorkerParams): Promise<RunList>
  kvNamespaces(tenant: TenantParams): Promise<NamespaceList>
  kvKeys(namespace: NamespaceParams, query?: Partial<KeyQuery>): Promise<KeyList>
  kvGet(key: KeyParams): Promise<KvValue>
  kvPut(key: KeyParams, value: KvValueBody): Promise<KvStored>
  kvDelete(key: KeyParams): Promise<KvDeleted>
  /** Runs code, and resolves when that is over, however it ended. */
  execute(body: ExecuteBody): Promise<ExecutionReport>
  /** Resolves when it is accepted. */
  startExecution(body: ExecuteBody): Promise<StartedExecution>
  compare(body: CompareBody): Promise<Comparison>
  executions(): Promise<ExecutionList>
  execution(execution: ExecutionParams): Promise<ExecutionReport>
  /** Resolves when it is over. */
  cancelExecution(execution: ExecutionParams): Promise<ExecutionReport>
  /** What was and what comes, until it is over, the loop is left, or the client's signal fires. */
  executionEvents(execution: ExecutionParams): AsyncIterable<ExecutionEvent>
  backends(): Promise<BackendList>
  logs(query?: Partial<LogQuery>): Promise<TaskList>
  /** Tasks as they end, until the loop is left, or the client's signal fires. */
  tail(query?: TailQuery): AsyncIterable<TailLine>
  tenants(): Promise<TenantList>
  changeTenant(tenant: TenantParams, change: TenantChange): Promise<TenantReport>
  quarantine(): Promise<QuarantineList>
  lift(worker: WorkerParams): Promise<Lifted>
  incidents(): Promise<IncidentList>
  hosts(): Promise<HostList>
  /** Resolves when every host was replaced. */
  reload(): Promise<Reloaded>
  pool(): Promise<PoolReport>
  measures(): Promise<MeasuresReport>
  measuresHistory(query?: Partial<HistoryQuery>): Promise<MeasuresHistory>
  /** The text that Prometheus reads. */
  metrics(): Promise<string>
  whoami(): Promise<WhoamiReport>
  tokens(): Promise<TokenList>
  createToken(token: TokenBody): Promise<NewToken>
  revokeToken(token: TokenParams): Promise<Revoked>
  audit(query?: Partial<AuditQuery>): Promise<AuditList>
  health(): Promise<Health>
  /** Resolves also where the server is not ready. */
  readiness(): Promise<Readiness>
  /** The API's own description. */
  openApi(): Promise<Readonly<Record<string, unknown>>>
}

/** A value of KV. */
export interface KvValue {
  readonly bytes: Uint8Array
  readonly metadata?: Json
  /** Unix time in seconds. */
  readonly expiration?: number
}

interface Sent {
  /** For answers that are no JSON. */
  readonly read?: (response: Response) => Promise<unknown>
  readonly body?: object
  /** In place of JSON. */
  readonly bytes?: Uint8Array
  /** Statuses that are answers too. */
  readonly alsoFine?: readonly number[]
}

type Send = <T>(request: `${'GET' | 'PUT' | 'POST' | 'DELETE'} /${string}`, sent?: Sent) => Promise<T>

/** A client of a server's admin API. */
export function createClient(options: ClientOptions): Client {
  const send = sender(options)
  return {
    workers: () => send('GET /api/workers'),
    deploy: (worker, { bundle, ...version }) =>
      send(`PUT /api/workers/${pathOf(worker)}`, { body: { ...version, bundle: packBundle(bundle) } }),
    worker: (worker) => send(`GET /api/workers/${pathOf(worker)}`),
    remove: (worker) => send(`DELETE /api/workers/${pathOf(worker)}`),
    missingAssets: ({ tenant }, body) =>
      send(`POST /api/tenants/${encodeURIComponent(tenant)}/assets/missing`, { body }),
    sendAsset: ({ hash, tenant }, bytes) =>
      send(`PUT /api/tenants/${encodeURIComponent(tenant)}/assets/${encodeURIComponent(hash)}`, { bytes }),
    versions: (worker) => send(`GET /api/workers/${pathOf(worker)}/versions`),
    version: (version) => send(`GET ${versionPath(version)}`),
    versionSource: (version) => send(`GET ${versionPath(version)}/source`),
    revise: (worker, body) => send(`POST /api/workers/${pathOf(worker)}/versions`, { body }),
    deployments: (worker) => send(`GET /api/workers/${pathOf(worker)}/deployments`),
    redeploy: (worker, body) => send(`POST /api/workers/${pathOf(worker)}/deployments`, { body }),
    rollback: (worker, body = {}) => send(`POST /api/workers/${pathOf(worker)}/rollback`, { body }),
    secrets: (worker) => send(`GET /api/workers/${pathOf(worker)}/secrets`),
    setSecret: (secret, body) => send(`PUT ${secretPath(secret)}`, { body }),
    removeSecret: (secret) => send(`DELETE ${secretPath(secret)}`),
    routes: () => send('GET /api/routes'),
    setRoutes: (worker, body) => send(`PUT /api/workers/${pathOf(worker)}/routes`, { body }),
    schedules: (worker) => send(`GET /api/workers/${pathOf(worker)}/schedules`),
    setSchedules: (worker, body) => send(`PUT /api/workers/${pathOf(worker)}/schedules`, { body }),
    runSchedule: (worker, body = {}) => send(`POST /api/workers/${pathOf(worker)}/schedules/run`, { body }),
    scheduleHistory: (worker) => send(`GET /api/workers/${pathOf(worker)}/schedules/history`),
    kvNamespaces: ({ tenant }) => send(`GET /api/tenants/${encodeURIComponent(tenant)}/kv`),
    kvKeys: (namespace, query = {}) => send(`GET ${namespacePath(namespace)}/keys${queryOf(query)}`),
    kvGet: (key) => send(`GET ${keyPath(key)}`, { read: readValue }),
    kvPut: (key, body) => send(`PUT ${keyPath(key)}`, { body }),
    kvDelete: (key) => send(`DELETE ${keyPath(key)}`),
    execute: (body) => send('POST /execute', { body }),
    startExecution: (body) => send('POST /api/executions', { body }),
    compare: (body) => send('POST /compare', { body }),
    executions: () => send('GET /api/executions'),
    execution: ({ id }) => send(`GET /api/executions/${encodeURIComponent(id)}`),
    cancelExecution: ({ id }) => send(`POST /api/executions/${encodeURIComponent(id)}/cancel`, { body: {} }),
    executionEvents: ({ id }) => readEvents(options, `/api/executions/${encodeURIComponent(id)}/events`),
    backends: () => send('GET /api/backends'),
    logs: (query = {}) => send(`GET /api/logs${queryOf(query)}`),
    tail: (query = {}) => readLines(options, `/api/tail${queryOf(query)}`),
    tenants: () => send('GET /api/tenants'),
    changeTenant: ({ tenant }, change) => send(`PUT /api/tenants/${encodeURIComponent(tenant)}`, { body: change }),
    quarantine: () => send('GET /api/quarantine'),
    lift: (worker) => send(`DELETE /api/quarantine/${pathOf(worker)}`),
    incidents: () => send('GET /api/incidents'),
    hosts: () => send('GET /api/hosts'),
    reload: () => send('POST /api/reload', { body: {} }),
    pool: () => send('GET /admin/pool'),
    measures: () => send('GET /api/measures'),
    measuresHistory: (query = {}) => send(`GET /api/measures/history${queryOf(query)}`),
    metrics: () => send('GET /metrics', { read: (response) => response.text() }),
    whoami: () => send('GET /api/whoami'),
    tokens: () => send('GET /api/tokens'),
    createToken: (token) => send('POST /api/tokens', { body: token }),
    revokeToken: ({ id }) => send(`DELETE /api/tokens/${encodeURIComponent(id)}`),
    audit: ({ limit } = {}) => send(limit === undefined ? 'GET /api/audit' : `GET /api/audit?limit=${limit}`),
    health: () => send('GET /healthz'),
    readiness: () => send('GET /readyz', { alsoFine: [503] }),
    openApi: () => send('GET /api/openapi.json'),
  }
}

function pathOf({ tenant, worker }: WorkerParams): string {
  return `${encodeURIComponent(tenant)}/${encodeURIComponent(worker)}`
}

function versionPath({ version, ...worker }: VersionParams): `/${string}` {
  return `/api/workers/${pathOf(worker)}/versions/${encodeURIComponent(version)}`
}

function namespacePath({ namespace, tenant }: NamespaceParams): `/${string}` {
  return `/api/tenants/${encodeURIComponent(tenant)}/kv/${encodeURIComponent(namespace)}`
}

function keyPath({ key, ...namespace }: KeyParams): `/${string}` {
  return `${namespacePath(namespace)}/keys/${encodeURIComponent(key)}`
}

async function readValue(response: Response): Promise<KvValue> {
  const metadata = response.headers.get('kv-metadata')
  const expiration = response.headers.get('kv-expiration')
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    ...(metadata === null ? {} : { metadata: JSON.parse(decodeURIComponent(metadata)) as Json }),
    ...(expiration === null ? {} : { expiration: Number(expiration) }),
  }
}

function secretPath({ name, ...worker }: SecretParams): `/${string}` {
  return `/api/workers/${pathOf(worker)}/secrets/${encodeURIComponent(name)}`
}

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
}

/** Server-sent events, of which the data alone says all. */
async function* readEvents<T>(options: ClientOptions, path: string): AsyncGenerator<T> {
  for await (const line of readText(options, path)) {
    if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as T
  }
}

async function* readLines<T>(options: ClientOptions, path: string): AsyncGenerator<T> {
  for await (const line of readText(options, path)) yield JSON.parse(line) as T
}

/** Line by line, as they come. */
async function* readText(options: ClientOptions, path: string): AsyncGenerator<string> {
  const response = await ask(options, path)
  if (!response.ok || response.body === null) throw refusalOf(response, await readJson(response, options.signal))
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function sender(options: ClientOptions): Send {
  return async <T>(request: string, { alsoFine = [], body, bytes, read }: Sent = {}): Promise<T> => {
    const [method = '', path = ''] = request.split(' ')
    const response = await ask(options, path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(bytes === undefined
        ? {}
        : { body: bytes as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/octet-stream' } }),
    })
    if (read !== undefined && response.ok) return (await read(response)) as T
    const answer = await readJson(response, options.signal)
    const isFine = response.ok || alsoFine.includes(response.status)
    // What is fine may have an error of its own: that of a run.
    if (answer === undefined || !isFine) throw refusalOf(response, answer)
    return answer as T
  }
}

interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** @throws IsopodError `NOT_RUNNING`; what `signal` was aborted with */
async function ask({ signal, token, url }: ClientOptions, path: string, asking: Asking = {}): Promise<Response> {
  try {
    return await fetch(baseOf(url) + path, {
      ...asking,
      headers: { ...asking.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      // A token goes where it was meant for, and nowhere else.
      redirect: 'error',
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    signal?.throwIfAborted()
    throw new IsopodError('NOT_RUNNING', `No server answers at ${baseOf(url)}.`, { cause: error })
  }
}

function refusalOf({ status, url }: Response, answer: unknown): IsopodError {
  if (isFailure(answer)) {
    return new IsopodError(answer.error.code as ErrorCode, answer.error.message, { cause: answer.error })
  }
  return new IsopodError('NOT_RUNNING', `What answers at ${new URL(url).origin} is no Isopod: it says ${status}.`)
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '')
}

/** Undefined where it is none. */
async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

function isFailure(answer: unknown): answer is Failure {
  const { error } = (answer ?? {}) as { error?: Partial<Failure['error']> }
  return typeof error?.code === 'string' && typeof error.message === 'string'
}
