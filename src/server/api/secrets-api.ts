// A worker's secrets. What was set is never shown again.
import type { Control } from '../../control/control.ts'
import type { Secrets } from '../../control/secrets.ts'
import { assertName } from '../../worker-name.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import { secretBody, secretList, secretParams, secretRemoved, secretSet } from './secret-shapes.ts'
import { workerParams } from './worker-shapes.ts'

export interface SecretsApiOptions {
  readonly control: Control
  readonly secrets: Secrets
}

export function addSecretsApi(app: AdminServer, { control, secrets }: SecretsApiOptions): void {
  app.get(
    '/api/workers/:tenant/:worker/secrets',
    {
      config: { access: 'tenant' },
      schema: { summary: 'The names of the secrets of a worker', params: workerParams, response: { 200: secretList } },
    },
    async ({ params }) => ({ secrets: secrets.list(params) }),
  )
  app.put(
    '/api/workers/:tenant/:worker/secrets/:name',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Set a secret: when this is answered, new tasks have it',
        params: secretParams,
        body: secretBody,
        response: { 200: secretSet },
      },
    },
    async (request) => {
      const { body, params } = request
      assertName(params.tenant, 'tenant')
      assertName(params.worker, 'worker')
      secrets.set(params, { name: params.name, value: body.value, author: callerOf(request).name })
      await control.secretsChanged(params)
      return { name: params.name }
    },
  )
  app.delete(
    '/api/workers/:tenant/:worker/secrets/:name',
    {
      config: { access: 'tenant' },
      schema: { summary: 'Remove a secret', params: secretParams, response: { 200: secretRemoved } },
    },
    async ({ params }) => {
      const removed = secrets.remove(params, params.name)
      if (removed) await control.secretsChanged(params)
      return { removed }
    },
  )
}
