// Who may ask for which route. Every route says it; one that does not stops the server from starting.
import type { FastifyRequest, RouteOptions } from 'fastify'
import { IsopodError } from '../errors.ts'
import type { Caller } from './caller.ts'

/**
 * `open`: everybody. `caller`: everybody who has said who it is; the answer has only what it may see (`visibleTo`).
 * `own`: everybody who has said who it is; what is asked for, or made, is that caller's own (its tenant's; all of it, where it has none).
 * `tenant`: what lies below the `:tenant` of the path, for its own. `admin`: admins, and whoever may read everything.
 */
export type Access = 'open' | 'caller' | 'own' | 'tenant' | 'admin'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

/** What was named in the path; both names are kept for these two. */
interface Named {
  readonly tenant?: string
  readonly worker?: string
}

export function namedIn(request: FastifyRequest): Named {
  return (request.params ?? {}) as Named
}

/** @throws Error where the route does not say who it is for, or what it takes and answers */
export function assertRoute({ config, method, schema, url }: RouteOptions): void {
  const access = config?.access
  const problem = (what: string): Error => new Error(`The route ${String(method)} ${url} ${what}.`)
  if (access === undefined) throw problem('does not say who may ask for it (config.access)')
  if (access === 'tenant' && !url.includes('/:tenant')) throw problem('is for a tenant and has none in its path')
  if (access === 'caller' && [method].flat().some((one) => !isRead(one)))
    throw problem('changes something for any caller')
  if (access === 'own' && url.includes('/:tenant')) throw problem("is for what is the caller's own and names a tenant")
  if (schema?.summary === undefined || schema.response === undefined) throw problem('has no summary or no reply')
  if (schema.hide === true) throw problem('is not in the document')
  if (url.includes(':') && schema.params === undefined) throw problem('has no schema for its parameters')
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/**
 * What belongs to another tenant does not exist, whether it does or not.
 *
 * @throws IsopodError `FORBIDDEN`, `NOT_FOUND`, `WORKER_NOT_FOUND`
 */
export function assertAllowed(request: FastifyRequest, caller: Caller): void {
  const { access } = request.routeOptions.config
  const { tenant, worker } = namedIn(request)
  if (isElsewhere(caller, tenant)) throw noSuchThing(tenant, worker)
  if (access === 'open' || caller.role === 'admin') return
  const reads = isRead(request.method)
  if (caller.role === 'reader' && !reads) throw forbidden('This token may only read.')
  if (access === 'admin' && caller.tenant !== undefined) throw forbidden('This is for admins.')
}

function isElsewhere(caller: Caller, tenant: string | undefined): tenant is string {
  return caller.tenant !== undefined && tenant !== undefined && tenant !== caller.tenant
}

function noSuchThing(tenant: string, worker: string | undefined): IsopodError {
  return worker === undefined ? new IsopodError('NOT_FOUND', `There is no tenant "${tenant}".`) : noSuchWorker(worker)
}

export function noSuchWorker(worker: string): IsopodError {
  return new IsopodError('WORKER_NOT_FOUND', `There is no worker "${worker}".`)
}

export function noSuchVersion(worker: string, version: string): IsopodError {
  return new IsopodError('VERSION_NOT_FOUND', `There is no version "${version}" of the worker "${worker}".`)
}

function forbidden(message: string): IsopodError {
  return new IsopodError('FORBIDDEN', message)
}
