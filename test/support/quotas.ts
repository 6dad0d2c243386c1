// Quotas of a running server, and bursts of requests against them.
import { type ApiAnswer, callApi } from './admin-api.ts'
import type { Answer } from './cli.ts'
import type { TestFleet } from './fleet.ts'
import type { TenantQuota } from '../../src/quota.ts'
import type { WorkerAddress } from '../../conformance/support/admin-client.ts'

export function setQuota(fleet: TestFleet, tenant: string, quota: TenantQuota): Promise<ApiAnswer> {
  return callApi(fleet.serve.adminPort, `PUT /api/tenants/${tenant}`, { quota })
}

export interface Burst {
  readonly accepted: readonly Answer[]
  readonly refused: readonly Answer[]
  /** How long it took, in seconds. */
  readonly tookS: number
}

/** Requests at once, each on a connection of its own. @throws where one is answered otherwise than with 200 or 429 */
export async function burst(fleet: TestFleet, worker: WorkerAddress, count: number): Promise<Burst> {
  const beganMs = performance.now()
  const answers = await Promise.all(Array.from({ length: count }, () => fleet.get(worker)))
  const tookS = (performance.now() - beganMs) / 1000
  const other = answers.find(({ status }) => status !== 200 && status !== 429)
  if (other !== undefined) throw new Error(`answered with ${other.status}: ${other.text}`)
  return {
    accepted: answers.filter(({ status }) => status === 200),
    refused: answers.filter(({ status }) => status === 429),
    tookS,
  }
}
