// The admin port's HTTP server: the dashboard's pages, and the API. Whoever asks the API passes, in this order: the checks against web pages
// (`page-guard.ts`), the question who it is (`caller.ts`), how often it has asked, and whether the route is for it
// (`access.ts`). What changes something is on record before it is answered.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Audit } from '../control/audit.ts'
import type { Tokens } from '../control/tokens.ts'
import { IsopodError } from '../errors.ts'
import type { AdminDoor } from '../wire/admin-door.ts'
import { assertAllowed, assertRoute, isRead, namedIn } from './access.ts'
import { identify, LOOPBACK_CALLER } from './caller.ts'
import { addErrorHandlers } from './error-replies.ts'
import { addDashboard } from './dashboard-files.ts'
import { describeApi } from './openapi.ts'
import { guardAgainstPages } from './page-guard.ts'
import { createRateCounter } from './rate-limits.ts'
import { validatorCompiler } from './validation.ts'

export type AdminServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

export interface AdminServerOptions {
  readonly door: AdminDoor
  /** None where nothing is stored; the tokens that the door was given are valid anyway. */
  readonly tokens?: Tokens
  readonly audit?: Audit
  /** The API that its pages ask is there. */
  readonly hasDashboard?: true
}

/** A key of KV, every byte of it encoded. */
const MAX_PARAM_CHARACTERS = 2048
/** A bundle with its source map, as JSON. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

/** Routes are added to what it returns. */
export async function createAdminServer({
  audit,
  door,
  hasDashboard,
  tokens,
}: AdminServerOptions): Promise<AdminServer> {
  const app: AdminServer = fastify({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  addErrorHandlers(app)
  app.decorateRequest('caller')
  app.addHook('onRoute', assertRoute)
  await describeApi(app)
  await app.register(rateLimit, { global: false })
  guardAgainstPages(app, door.hosts)
  if (hasDashboard === true) addDashboard(app)
  addDoor(app, { door, tokens })
  if (audit !== undefined) addAudit(app, audit)
  return app
}

function addDoor(
  app: AdminServer,
  { door, tokens }: { readonly door: AdminDoor; readonly tokens: Tokens | undefined },
): void {
  const counter = createRateCounter(app, door)
  const known = { given: door.given, stored: tokens }
  app.addHook('onRequest', async (request, reply) => {
    try {
      request.caller = identify(request, known) ?? (door.requireToken ? undefined : LOOPBACK_CALLER)
      if (request.caller === undefined && request.routeOptions.config.access !== 'open') {
        throw new IsopodError('UNAUTHORIZED', 'Send a token: authorization: Bearer <token>.')
      }
    } catch (error) {
      await counter.countRefusal(request, reply)
      reply.header('www-authenticate', 'Bearer')
      throw error
    }
    await counter.countRequest(request, reply)
    if (request.caller !== undefined && !request.is404) assertAllowed(request, request.caller)
  })
}

const TOO_MANY_REQUESTS = 429

function addAudit(app: AdminServer, audit: Audit): void {
  app.addHook('onSend', async (request, reply) => {
    const { caller, method, routeOptions } = request
    // Neither strangers nor floods push what was done out of the log.
    // What is a caller's own and gone by tomorrow is no change to the server.
    if (routeOptions.config.access === 'own') return
    if (caller === undefined || isRead(method) || request.is404 || reply.statusCode === TOO_MANY_REQUESTS) return
    const named = namedIn(request)
    // A row of a tenant is seen by that tenant: those who were kept out of it are none of its business.
    const isKeptOut = caller.tenant !== undefined && named.tenant !== caller.tenant
    const { tenant, worker } = isKeptOut ? { tenant: caller.tenant } : named
    const action = `${method} ${routeOptions.url ?? ''}`
    audit.add({ actor: caller.name, action, tenant, worker, status: reply.statusCode })
  })
}

/** On a port of its own. @throws IsopodError `PORT_IN_USE` */
export async function listenOnPort(
  app: AdminServer,
  address: { readonly host: string; readonly port: number },
): Promise<number> {
  try {
    await app.listen(address)
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new IsopodError('PORT_IN_USE', `Port ${address.port} of ${address.host} is in use by another process.`)
  }
  return (app.server.address() as AddressInfo).port
}

/** On a socket that somebody else holds. */
export async function listenOnHandle(app: AdminServer, handle: unknown): Promise<void> {
  await app.ready()
  await new Promise<void>((resolve, reject) => {
    app.server.once('error', reject)
    app.server.listen(handle, resolve)
  })
}
