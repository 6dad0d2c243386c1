// The admin API of the server under attack, as far as the runner needs it. What it answers is checked, so that a change
// of the API shows here and not as an attack that seems contained.
import { z } from 'zod'

export interface WorkerAddress {
  readonly tenant: string
  readonly worker: string
}

export interface Host {
  /** Null for the process that waits to take the place of a host. */
  readonly tier: 'main' | 'probation' | null
  readonly pid: number
  readonly state: string
}

/** A host has died. */
export interface Incident {
  readonly time: string | number
  readonly host: string | number
  readonly tier: 'main' | 'probation'
  readonly pid: number
  readonly cause: string
  readonly culprit: WorkerAddress | null
  readonly suspects: readonly WorkerAddress[]
}

export interface Quarantined extends WorkerAddress {
  readonly reason: string
}

/** Why a deploy was refused; undefined where it was not. */
export type Refusal = { readonly status: number; readonly code: string; readonly message: string } | undefined

const tier = z.enum(['main', 'probation'])
const workerFields = { tenant: z.string(), worker: z.string() }

const hostsAnswer: z.ZodType<{ hosts: Host[] }> = z.object({
  hosts: z.array(z.object({ tier: tier.nullable(), pid: z.number(), state: z.string() })),
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
  quarantine: z.array(z.object({ ...workerFields, reason: z.string() })),
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

  async vouch(tenant: string): Promise<void> {
    await (await this.#send('PUT', `/api/tenants/${tenant}`, { body: { vouched: true } })).body?.cancel()
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
