// Host names and paths that are routed to workers.
import type { Control } from '../../control/control.ts'
import type { Routes } from '../../control/routes.ts'
import { assertName } from '../../worker-name.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf, visibleTo } from '../caller.ts'
import { routeList, workerRoutes } from './route-shapes.ts'
import { workerParams } from './worker-shapes.ts'

export interface RoutesApiOptions {
  readonly control: Control
  readonly routes: Routes
}

export function addRoutesApi(app: AdminServer, { control, routes }: RoutesApiOptions): void {
  app.get(
    '/api/routes',
    {
      config: { access: 'caller' },
      schema: { summary: 'All host names and paths that are routed', response: { 200: routeList } },
    },
    async (request) => ({ routes: visibleTo(callerOf(request), routes.list()) }),
  )
  app.put(
    '/api/workers/:tenant/:worker/routes',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Route host names and paths to a worker, instead of those it had',
        params: workerParams,
        body: workerRoutes,
        response: { 200: workerRoutes },
      },
    },
    async (request) => {
      const { body, params } = request
      assertName(params.tenant, 'tenant')
      assertName(params.worker, 'worker')
      routes.setAll(params, body.routes, callerOf(request).name)
      await control.routesChanged()
      const own = routes.list().filter(({ tenant, worker }) => tenant === params.tenant && worker === params.worker)
      return { routes: own.map(({ pattern }) => pattern) }
    },
  )
}
