// The admin API of a server, as far as the runners need it. What it answers is checked, so that a change
// of the API shows here and not as an attack that seems contained.
import { z } from 'zod'

export interface WorkerAddress {
  readonly tenant: string
  readonly worker: string
}

type Tier = 'main' | 'probation'

export interface Host {
  readonly id: number
  /** None for the one that waits to take the place of another. */
  readonly tier: Tier | null
  readonly pid: number
  readonly state: string
  readonly restarts: number
  readonly rss_bytes: number
  readonly instances: number
}

export interface Tenant {
  readonly tenant: string
  readonly tier: Tier
  readonly vouched: boolean
  readonly clean_tasks: number
}

/** A host has died. */
export interface Incident {
  readonly time: string | number
  readonly host: string | number
  readonly tier: Tier
  readonly pid: number
  readonly cause: string
  readonly culprit: WorkerAddress | null
  readonly suspects: readonly WorkerAddress[]
}

export interface Quarantined extends WorkerAddress {
  readonly reason: string
  readonly strikes: number
  readonly until: number
}

/** Why a deploy was refused; undefined where it was not. */
export type Refusal = { readonly status: number; readonly code: string; readonly message: string } | undefined

const tier: z.ZodType<Tier> = z.enum(['main', 'probation'])
const workerFields = { tenant: z.string(), worker: z.string() }

const hostsAnswer: z.ZodType<{ hosts: Host[] }> = z.object({
  hosts: z.array(
    z.object({
      id: z.number(),
      tier: tier.nullable(),
      pid: z.number(),
      state: z.string(),
      restarts: z.number(),
      rss_bytes: z.number(),
      instances: z.number(),
    }),
  ),
})
const incidentsAnswer: z.ZodType<{ incidents: Incident[] }> = z.object({
  incidents: z.array(
    z.object({
      time: z.union([z.string(), z.number()]),
      host: z.union([z.string(), z.number()]),
      tier,
      pid: z.number(),
      cause: z.string(),
      culprit: z.object(workerFields).nullable(),
      suspects: z.array(z.object(workerFields)),
    }),
  ),
})
const quarantineAnswer: z.ZodType<{ quarantine: Quarantined[] }> = z.object({
  quarantine: z.array(z.object({ ...workerFields, reason: z.string(), strikes: z.number(), until: z.number() })),
})
const tenantsAnswer: z.ZodType<{ tenants: Tenant[] }> = z.object({
  tenants: z.array(z.object({ tenant: z.string(), tier, vouched: z.boolean(), clean_tasks: z.number() })),
})
const workersAnswer: z.ZodType<{ workers: (WorkerAddress & { version: string })[] }> = z.object({
  workers: z.array(z.object({ ...workerFields, version: z.string() })),
})
const failureAnswer: z.ZodType<{ error: { code: string; message: string } }> = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
})

export class AdminClient {
  readonly #origin: string

  constructor(port: number) {
    this.#origin = `http://127.0.0.1:${port}`
  }

  async deploy({ tenant, worker }: WorkerAddress, version: object, signal: AbortSignal): Promise<Refusal> {
    const response = await this.#send('PUT', `/api/workers/${tenant}/${worker}`, { body: version, signal })
    if (response.ok) {
      await response.body?.cancel()
      return undefined
    }
    const { error } = failureAnswer.parse(await response.json())
    return { status: response.status, ...error }
  }

  async remove({ tenant, worker }: WorkerAddress): Promise<void> {
    await (await this.#send('DELETE', `/api/workers/${tenant}/${worker}`)).body?.cancel()
  }

  async workers(): Promise<(WorkerAddress & { readonly version: string })[]> {
    return workersAnswer.parse(await (await this.#send('GET', '/api/workers')).json()).workers
  }

  async vouch(tenant: string): Promise<void> {
    await (await this.#send('PUT', `/api/tenants/${tenant}`, { body: { vouched: true } })).body?.cancel()
  }

  async tenants(): Promise<Tenant[]> {
    return tenantsAnswer.parse(await (await this.#send('GET', '/api/tenants')).json()).tenants
  }

  async hosts(): Promise<Host[]> {
    return hostsAnswer.parse(await (await this.#send('GET', '/api/hosts')).json()).hosts
  }

  async incidents(): Promise<Incident[]> {
    return incidentsAnswer.parse(await (await this.#send('GET', '/api/incidents')).json()).incidents
  }

  async quarantine(): Promise<Quarantined[]> {
    return quarantineAnswer.parse(await (await this.#send('GET', '/api/quarantine')).json()).quarantine
  }

  async lift({ tenant, worker }: WorkerAddress): Promise<void> {
    await (await this.#send('DELETE', `/api/quarantine/${tenant}/${worker}`)).body?.cancel()
  }

  async #send(
    method: string,
    path: string,
    { body, signal }: { body?: object; signal?: AbortSignal } = {},
  ): Promise<globalThis.Response> {
    return await fetch(this.#origin + path, {
      method,
      signal: signal ?? AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  }
}
