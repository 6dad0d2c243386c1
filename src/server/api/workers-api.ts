// Workers: which version answers for each, and how a new one comes there.
import type { Control } from '../../control/control.ts'
import type { Deployment } from '../../control/deployments.ts'
import { unpackBundle } from '../../wire/version-text.ts'
import { noSuchWorker } from '../access.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf, visibleTo } from '../caller.ts'
import { liveWorkerReportOf, workerReportOf } from '../reports.ts'
import { liveWorkerList } from './deployment-shapes.ts'
import { deployBody, removed, workerParams, workerReport } from './worker-shapes.ts'

export function addWorkersApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/workers',
    {
      config: { access: 'caller' },
      schema: { summary: 'All workers', response: { 200: liveWorkerList } },
    },
    async (request) => ({ workers: visibleTo(callerOf(request), control.workers().map(liveWorkerReportOf)) }),
  )
  app.put(
    '/api/workers/:tenant/:worker',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Deploy a version: when this is answered, every host sends new tasks to it',
        params: workerParams,
        body: deployBody,
        response: { 200: workerReport },
      },
    },
    async (request) => {
      const { bundle, message, percent, start, ...rest } = request.body
      const deployment: Deployment = { ...rest, ...request.params, bundle: unpackBundle(bundle) }
      const author = callerOf(request).name
      return workerReportOf(await control.deploy(deployment, { start, percent, author, message }))
    },
  )
  app.delete(
    '/api/workers/:tenant/:worker',
    {
      config: { access: 'tenant' },
      schema: { summary: 'Remove a worker, with its versions', params: workerParams, response: { 200: removed } },
    },
    async ({ params }) => {
      if (!(await control.remove(params))) throw noSuchWorker(params.worker)
      return { removed: true } as const
    },
  )
}
