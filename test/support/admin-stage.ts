// The admin server of control in this process, with everything real but hosts: there are none.
import { createServer } from 'node:net'
import { join } from 'node:path'
import { SourceBundler } from '../../src/backend/source/source-bundler.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { Audit } from '../../src/control/audit.ts'
import { Control } from '../../src/control/control.ts'
import { ThreadedKvStore } from '../../src/control/kv/threaded-kv-store.ts'
import { openDatabase } from '../../src/control/database.ts'
import { sqliteBlobStore } from '../../src/control/sqlite-blob-store.ts'
import { sqliteStore } from '../../src/control/sqlite-store.ts'
import { Routes } from '../../src/control/routes.ts'
import { ScheduleStore } from '../../src/control/schedule-store.ts'
import { Schedules } from '../../src/control/schedules.ts'
import { Secrets } from '../../src/control/secrets.ts'
import { type TokenRequest, Tokens } from '../../src/control/tokens.ts'
import { createExecutions } from '../../src/executions/create-executions.ts'
import { type AdminServer, createAdminServer, listenOnPort } from '../../src/server/admin-server.ts'
import { addApis } from '../../src/server/api/add-apis.ts'
import type { AdminDoor } from '../../src/wire/admin-door.ts'
import { tmpDir } from './tmp-dir.ts'
import { type Answer, request, type RequestOptions } from './cli.ts'

export interface Route {
  readonly method: string
  readonly url: string
  readonly access: string | undefined
}

export interface AdminStage extends AsyncDisposable {
  readonly app: AdminServer
  readonly port: number
  readonly control: Control
  readonly tokens: Tokens
  readonly audit: Audit
  /** All that were added, but those of HEAD. */
  readonly routes: readonly Route[]
  /** A new token's secret. */
  secretOf(token: Omit<TokenRequest, 'label'>): string
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>
  /** A worker that no host has to have loaded. */
  deploy(tenant: string, worker: string): Promise<number>
}

export interface AskOptions extends Omit<RequestOptions, 'body' | 'method'> {
  readonly token?: string | undefined
  readonly body?: object
}

const DOOR: AdminDoor = {
  hosts: [],
  requireToken: false,
  given: [],
  changesPerMinute: 10_000,
  readsPerMinute: 10_000,
}

export async function startAdmin(door: Partial<AdminDoor> = {}): Promise<AdminStage> {
  const folder = tmpDir()
  const database = openDatabase(':memory:')
  const secrets = new Secrets(database, join(folder.path, 'secrets.key'))
  const routed = new Routes(database)
  const control = new Control({
    secrets,
    routes: routed,
    store: sqliteStore(database),
    server: createServer(),
    trust: { vouchedTenants: [], cleanTasks: 1, probationMs: 1e9 },
  })
  const tokens = new Tokens(database)
  const audit = new Audit(database, (message) => {
    throw new Error(message)
  })
  const app = await createAdminServer({ door: { ...DOOR, ...door }, tokens, audit })
  const routes: Route[] = []
  app.addHook('onRoute', ({ config, method, url }) => {
    if (method !== 'HEAD') routes.push({ method: String(method), url, access: config?.access })
  })
  const blobs = sqliteBlobStore(database)
  const kv = new ThreadedKvStore({ path: join(folder.path, 'kv.db'), quotaBytes: 1024 * 1024 })
  const schedules = new Schedules({
    store: new ScheduleStore(database),
    run: (worker, task) => control.run(worker, { type: 'scheduled', ...task }),
    failed: (message) => {
      throw new Error(message)
    },
  })
  const executions = createExecutions({ atOnce: 2, sandbox: 'auto', user: 'nobody' })
  addApis(app, {
    executions,
    schedules,
    sources: new SourceBundler(),
    blobs,
    kv,
    control,
    secrets,
    routes: routed,
    tokens,
    audit,
    hosts: async () => [],
    reload: async () => undefined,
  })
  const port = await listenOnPort(app, { host: '127.0.0.1', port: 0 })
  return {
    app,
    port,
    control,
    tokens,
    audit,
    routes,
    secretOf: (token) => tokens.create({ label: token.role, ...token }).secret,
    ask(method, path, { body, headers, token, ...rest } = {}) {
      // The one route that takes bytes.
      const isBytes = /\/assets\/(?!missing)/.test(path)
      const sent = body ?? (method === 'PUT' || method === 'POST' ? {} : undefined)
      return request(port, path, {
        method,
        headers: {
          ...(sent === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
        ...rest,
      })
    },
    async deploy(tenant, worker) {
      const bundle = bundleSource('export default { fetch: () => new Response("here") }')
      const { number } = await control.deploy({ tenant, worker, bundle }, { start: 'on-demand' })
      return number
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await executions[Symbol.asyncDispose]()
      schedules[Symbol.dispose]()
      kv[Symbol.dispose]()
      control[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}

/** The code of a refusal. */
export function codeOf(answer: Answer): string | undefined {
  return (answer.json() as { error?: { code: string } }).error?.code
}
