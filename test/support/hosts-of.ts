// Which hosts of a running server have an instance of a worker.
import { callApi } from './admin-api.ts'
import type { TestFleet } from './fleet.ts'

export interface HostEntry {
  readonly host: number
  readonly tenant: string
  readonly worker: string
  readonly state: string
  readonly running: number
  readonly queue_depth: number
}

export async function poolEntries(fleet: TestFleet): Promise<readonly HostEntry[]> {
  const { body } = await callApi(fleet.serve.adminPort, 'GET /admin/pool')
  return body.entries as readonly HostEntry[]
}

export async function hostsOf(fleet: TestFleet, worker: string): Promise<readonly number[]> {
  const entries = (await poolEntries(fleet)).filter((entry) => entry.worker === worker)
  return [...new Set(entries.map(({ host }) => host))]
}
