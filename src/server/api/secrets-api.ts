// A worker's secrets. What was set is never shown again.
import { z } from 'zod'
import type { Control } from '../../control/control.ts'
import type { Secrets } from '../../control/secrets.ts'
import type { AdminServer } from '../admin-server.ts'
import { parse } from './parse.ts'

interface WorkerParams {
  readonly Params: { readonly tenant: string; readonly worker: string }
}
interface SecretParams {
  readonly Params: { readonly tenant: string; readonly worker: string; readonly name: string }
}

const value = z.strictObject({ value: z.string() })

export function addSecretsApi(
  app: AdminServer,
  { control, secrets }: { readonly control: Control; readonly secrets: Secrets },
): void {
  app.get<WorkerParams>('/api/workers/:tenant/:worker/secrets', async ({ params }) => ({
    secrets: secrets.list(params),
  }))
  app.put<SecretParams>('/api/workers/:tenant/:worker/secrets/:name', async ({ body, params }) => {
    control.assertWorkerName(params)
    secrets.set(params, { name: params.name, value: parse(value, body).value, author: '' })
    await control.secretsChanged(params)
    return { name: params.name }
  })
  app.delete<SecretParams>('/api/workers/:tenant/:worker/secrets/:name', async ({ params }) => {
    const removed = secrets.remove(params, params.name)
    if (removed) await control.secretsChanged(params)
    return { removed }
  })
}
