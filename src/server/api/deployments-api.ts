// A worker's versions, and which of them answered when: history, rollback, and shares.
import { z } from 'zod'
import type { Control } from '../../control/control.ts'
import { IsopodError } from '../../errors.ts'
import type { AdminServer } from '../admin-server.ts'
import { deploymentReport, storedVersionReport, workerReport } from '../reports.ts'
import { parse } from './parse.ts'

interface WorkerParams {
  readonly Params: { readonly tenant: string; readonly worker: string }
}

const redeployment = z.strictObject({
  split: z.array(z.strictObject({ version: z.string().min(1), percent: z.int() })),
  message: z.string().max(1000).default(''),
})
const rollback = z.strictObject({
  /** The one that answered before the present one unless given. */
  version: z.string().min(1).optional(),
  message: z.string().max(1000).default(''),
})

export function addDeploymentsApi(app: AdminServer, control: Control): void {
  app.get<WorkerParams>('/api/workers/:tenant/:worker', async ({ params }) => {
    const split = control.worker(params)
    if (split === undefined) throw notFound(params.worker)
    return workerReport(split)
  })
  app.get<WorkerParams>('/api/workers/:tenant/:worker/versions', async ({ params }) => ({
    versions: control.versions(params).map(storedVersionReport),
  }))
  app.get<WorkerParams>('/api/workers/:tenant/:worker/deployments', async ({ params }) => {
    const versions = control.versions(params)
    return { deployments: control.deployments(params).map((deployment) => deploymentReport(deployment, versions)) }
  })
  app.post<WorkerParams>('/api/workers/:tenant/:worker/deployments', async ({ body, params }) => {
    const { message, split } = parse(redeployment, body)
    return workerReport(await control.redeploy(params, split, { message }))
  })
  app.post<WorkerParams>('/api/workers/:tenant/:worker/rollback', async ({ body, params }) => {
    const { message, version } = parse(rollback, body ?? {})
    return workerReport(await control.rollback(params, { message, ...(version === undefined ? {} : { version }) }))
  })
}

function notFound(worker: string): IsopodError {
  return new IsopodError('WORKER_NOT_FOUND', `There is no worker "${worker}".`)
}
