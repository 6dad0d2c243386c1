// The schedules of a server, by its admin API.
import assert from 'node:assert/strict'
import { type Answer, request } from './cli.ts'
import type { TestFleet } from './fleet.ts'
import type { WorkerAddress } from '../../conformance/support/admin-client.ts'

export interface RunOnRecord {
  readonly cron: string
  readonly cause: string
  readonly ended: number | null
  readonly outcome: string | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface SchedulesClient {
  ask(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Answer>
  set(...schedules: readonly object[]): Promise<void>
  /** Runs the only schedule now. */
  run(): Promise<{ readonly outcome: string; readonly error?: { readonly code: string; readonly message: string } }>
  /** Newest first. */
  history(): Promise<readonly RunOnRecord[]>
}

export function schedulesOf({ serve }: TestFleet, { tenant, worker }: WorkerAddress): SchedulesClient {
  const ask: SchedulesClient['ask'] = (method, path, body) =>
    request(serve.adminPort, `/api/workers/${tenant}/${worker}/schedules${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  const json = async <T>(answer: Promise<Answer>): Promise<T> => {
    const { json: read, status, text } = await answer
    assert.equal(status, 200, text)
    return read() as T
  }
  return {
    ask,
    set: async (...schedules) => void (await json(ask('PUT', '', { schedules }))),
    run: () => json(ask('POST', '/run', {})),
    history: async () => (await json<{ runs: readonly RunOnRecord[] }>(ask('GET', '/history'))).runs,
  }
}
