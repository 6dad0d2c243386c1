// A worker's versions, and which of them answered when: history, rollback, and shares.
import type { Control } from '../../control/control.ts'
import { noSuchWorker } from '../access.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import { deploymentReportOf, liveWorkerReportOf, versionReportOf } from '../reports.ts'
import { deploymentList, liveWorkerReport, redeployBody, rollbackBody, versionList } from './deployment-shapes.ts'
import { workerParams } from './worker-shapes.ts'

export function addDeploymentsApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/workers/:tenant/:worker',
    {
      config: { access: 'tenant' },
      schema: { summary: 'One worker', params: workerParams, response: { 200: liveWorkerReport } },
    },
    async ({ params }) => {
      const split = control.worker(params)
      if (split === undefined) throw noSuchWorker(params.worker)
      return liveWorkerReportOf(split)
    },
  )
  app.get(
    '/api/workers/:tenant/:worker/versions',
    {
      config: { access: 'tenant' },
      schema: { summary: 'The versions of a worker', params: workerParams, response: { 200: versionList } },
    },
    async ({ params }) => ({ versions: control.versions(params).map(versionReportOf) }),
  )
  app.get(
    '/api/workers/:tenant/:worker/deployments',
    {
      config: { access: 'tenant' },
      schema: { summary: 'The deployments of a worker', params: workerParams, response: { 200: deploymentList } },
    },
    async ({ params }) => {
      const versions = control.versions(params)
      return { deployments: control.deployments(params).map((deployment) => deploymentReportOf(deployment, versions)) }
    },
  )
  app.post(
    '/api/workers/:tenant/:worker/deployments',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Stored versions answer, in shares',
        params: workerParams,
        body: redeployBody,
        response: { 200: liveWorkerReport },
      },
    },
    async (request) => {
      const { message, split } = request.body
      const author = callerOf(request).name
      return liveWorkerReportOf(await control.redeploy(request.params, split, { author, message }))
    },
  )
  app.post(
    '/api/workers/:tenant/:worker/rollback',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'An earlier version answers again',
        params: workerParams,
        body: rollbackBody,
        response: { 200: liveWorkerReport },
      },
    },
    async (request) => {
      const author = callerOf(request).name
      return liveWorkerReportOf(await control.rollback(request.params, { ...request.body, author }))
    },
  )
}
