// What operators ask of control: workers, tenants, hosts, what went wrong, and what is held back because of it.
import { z } from 'zod'
import type { Control } from '../control/control.ts'
import type { Deployment } from '../control/deployments.ts'
import { IsopodError } from '../errors.ts'
import { MODES, type NetworkPolicy } from '../version.ts'
import type { HostStatus } from '../wire/host-status.ts'
import { type BundleText, unpackBundle } from '../wire/version-text.ts'
import type { AdminServer } from './admin-server.ts'
import { parse } from './api/parse.ts'
import type { Routes } from '../control/routes.ts'
import type { Secrets } from '../control/secrets.ts'
import { addLogsApi } from './api/logs-api.ts'
import { addRoutesApi } from './api/routes-api.ts'
import { addSecretsApi } from './api/secrets-api.ts'
import { addDeploymentsApi } from './api/deployments-api.ts'
import {
  hostReport,
  incidentReport,
  joinedPoolReport,
  quarantineReport,
  tenantReport,
  workerReport,
} from './reports.ts'

export interface ControlApiOptions {
  readonly secrets: Secrets
  readonly routes: Routes
  readonly control: Control
  readonly hosts: () => Promise<readonly HostStatus[]>
  /** Replaces every host, one by one. */
  readonly reload: () => Promise<void>
}

const deployment = z.strictObject({
  bundle: z.looseObject({ script: z.string(), parts: z.record(z.string(), z.unknown()) }),
  id: z.string().min(1).max(200).optional(),
  mode: z.enum(MODES).optional(),
  limits: z.record(z.string(), z.number()).optional(),
  env: z.record(z.string(), z.json()).optional(),
  bindings: z.record(z.string(), z.looseObject({ type: z.string() })).optional(),
  start: z.enum(['now', 'on-demand']).default('now'),
  percent: z.int().min(0).max(100).default(100),
  message: z.string().max(1000).default(''),
})
const names = z.array(z.string())
const tenantChange = z.strictObject({
  vouched: z.boolean().optional(),
  network: z.strictObject({ allow: names, deny: names, hosts: names }).partial().optional(),
})

const TIERS = ['main', 'probation'] as const

interface WorkerParams {
  readonly Params: { readonly tenant: string; readonly worker: string }
}

export function addControlApi(app: AdminServer, { control, hosts, reload, routes, secrets }: ControlApiOptions): void {
  app.get('/api/workers', async () => ({
    workers: control.workers().map(workerReport),
  }))
  app.put<WorkerParams>('/api/workers/:tenant/:worker', async ({ body, params }) => {
    const { bundle, message, percent, start, ...rest } = parse(deployment, body)
    const whole = { ...rest, ...params, bundle: unpackBundle(bundle as unknown as BundleText) } as Deployment
    const { id, tenant, worker } = await control.deploy(whole, { start, message, percent })
    return { tenant, worker, version: id }
  })
  app.delete<WorkerParams>('/api/workers/:tenant/:worker', async ({ params }) => {
    if (!(await control.remove(params))) throw notFound(params.worker)
    return { removed: true }
  })
  addDeploymentsApi(app, control)
  addLogsApi(app, control)
  addSecretsApi(app, { control, secrets })
  addRoutesApi(app, { control, routes })
  app.get('/api/tenants', async () => ({ tenants: control.tenants().map(tenantReport) }))
  app.put<{ Params: { tenant: string } }>('/api/tenants/:tenant', async ({ body, params }) => {
    const { network, vouched } = parse(tenantChange, body)
    if (network !== undefined) await control.setNetwork(params.tenant, network as NetworkPolicy)
    if (vouched !== undefined) await control.vouch(params.tenant, vouched)
    return tenantReport(control.tenant(params.tenant))
  })
  app.get('/api/quarantine', async () => ({ quarantine: control.quarantined().map(quarantineReport) }))
  app.delete<WorkerParams>('/api/quarantine/:tenant/:worker', async ({ params }) => ({
    lifted: await control.lift(params),
  }))
  app.get('/api/incidents', async () => ({ incidents: control.incidents().map(incidentReport) }))
  app.get('/api/hosts', async () => ({ hosts: (await hosts()).map(hostReport) }))
  app.post('/api/reload', async () => {
    await reload()
    return { reloaded: true }
  })
  app.get('/admin/pool', async () => joinedPoolReport(await control.stats()))
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const serving = (await hosts()).filter(({ state }) => state === 'serving')
    const missing = TIERS.filter((tier) => !serving.some((host) => host.tier === tier))
    if (missing.length > 0) await reply.code(503)
    const status = missing.length === 0 ? 'ok' : `no host serves in ${missing.join(', ')}`
    return { status, hosts: serving.length }
  })
}

function notFound(worker: string): IsopodError {
  return new IsopodError('WORKER_NOT_FOUND', `There is no worker "${worker}".`)
}
