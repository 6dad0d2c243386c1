// Host names and paths that are routed to workers.
import { z } from 'zod'
import type { Control } from '../../control/control.ts'
import type { Routes } from '../../control/routes.ts'
import type { AdminServer } from '../admin-server.ts'
import { parse } from './parse.ts'

interface WorkerParams {
  readonly Params: { readonly tenant: string; readonly worker: string }
}

const MAX_ROUTES = 100

const patterns = z.strictObject({ routes: z.array(z.string()).max(MAX_ROUTES) })

export function addRoutesApi(
  app: AdminServer,
  { control, routes }: { readonly control: Control; readonly routes: Routes },
): void {
  app.get('/api/routes', async () => ({ routes: routes.list() }))
  app.put<WorkerParams>('/api/workers/:tenant/:worker/routes', async ({ body, params }) => {
    control.assertWorkerName(params)
    routes.setAll(params, parse(patterns, body).routes, '')
    await control.routesChanged()
    const own = routes.list().filter(({ tenant, worker }) => tenant === params.tenant && worker === params.worker)
    return { routes: own.map(({ pattern }) => pattern) }
  })
}
