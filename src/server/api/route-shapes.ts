// What the routes of host names and paths take and answer.
import { z } from 'zod'

export interface RouteReport {
  /** Host name and path, such as `example.com/api/*`. */
  readonly pattern: string
  readonly tenant: string
  readonly worker: string
}

export interface RouteList {
  readonly routes: readonly RouteReport[]
}

export interface WorkerRoutes {
  readonly routes: readonly string[]
}

const MAX_ROUTES = 100

export const routeList: z.ZodType<RouteList> = z
  .object({ routes: z.array(z.object({ pattern: z.string(), tenant: z.string(), worker: z.string() })) })
  .describe('Every route with its worker.')

export const workerRoutes: z.ZodType<WorkerRoutes> = z
  .strictObject({ routes: z.array(z.string()).max(MAX_ROUTES) })
  .describe('Host names and paths that lead to the worker, and no others do.')
