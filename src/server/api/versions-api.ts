// One version of a worker: what it is, and others made of it.
import type { SourceBundler } from '../../backend/source/source-bundler.ts'
import type { Control } from '../../control/control.ts'
import { reviseVersion } from '../../control/revise-version.ts'
import type { KeptVersion, WorkerName } from '../../control/store.ts'
import { noSuchVersion } from '../access.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import { versionDetailOf, workerReportOf } from '../reports.ts'
import { revisionBody, versionDetail, versionParams, versionSource } from './version-shapes.ts'
import { workerParams, workerReport } from './worker-shapes.ts'

export interface VersionsApiOptions {
  readonly control: Control
  readonly sources: SourceBundler
}

export function addVersionsApi(app: AdminServer, { control, sources }: VersionsApiOptions): void {
  const find = (worker: WorkerName, id: string): KeptVersion => {
    const kept = control.keptVersion(worker, id)
    if (kept === undefined) throw noSuchVersion(worker.worker, id)
    return kept
  }
  app.get(
    '/api/workers/:tenant/:worker/versions/:version',
    {
      config: { access: 'tenant' },
      schema: { summary: 'One version of a worker', params: versionParams, response: { 200: versionDetail } },
    },
    async ({ params }) => versionDetailOf(find(params, params.version)),
  )
  app.get(
    '/api/workers/:tenant/:worker/versions/:version/source',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'What a version was made of, where its bundle says so',
        params: versionParams,
        response: { 200: versionSource },
      },
    },
    async ({ params }) => ({ source_map: find(params, params.version).version.bundle.sourceMap ?? null }),
  )
  app.post(
    '/api/workers/:tenant/:worker/versions',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Deploy a version that is like another but for what is said',
        params: workerParams,
        body: revisionBody,
        response: { 200: workerReport },
      },
    },
    async (request) => {
      const { from, limits, message, min_warm: minWarm, mode, percent, source, start } = request.body
      const { version } = find(request.params, from)
      const revised = reviseVersion(version, {
        ...(source === undefined ? {} : { bundle: await sources.bundle(source) }),
        ...(mode === undefined ? {} : { mode }),
        ...(limits === undefined ? {} : { limits }),
        ...(minWarm === undefined ? {} : { minWarm }),
      })
      const author = callerOf(request).name
      return workerReportOf(await control.deploy(revised, { start, percent, author, message }))
    },
  )
}
