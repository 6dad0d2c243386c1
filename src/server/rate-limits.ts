// How often one token, or one address without, may ask: enough for any honest script, too little to keep control from its
// work. A right token is never kept out by the wrong ones that came from its address.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IsopodError } from '../errors.ts'
import { isRead } from './access.ts'
import type { AdminServer } from './admin-server.ts'

export interface RateLimits {
  readonly changesPerMinute: number
  readonly readsPerMinute: number
}

export interface RateCounter {
  /** @throws IsopodError `RATE_LIMITED` */
  countRequest(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** A request that showed no token, or a wrong one. @throws IsopodError `RATE_LIMITED` */
  countRefusal(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

const WINDOW_MS = 60_000
const REFUSALS_PER_MINUTE = 30

/** The plugin must be there. */
export function createRateCounter(app: AdminServer, limits: RateLimits): RateCounter {
  type Limiter = ReturnType<AdminServer['createRateLimit']>
  const byCaller = (max: number): Limiter =>
    app.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator: ({ caller, ip }) => caller?.key ?? ip })
  const reads = byCaller(limits.readsPerMinute)
  const changes = byCaller(limits.changesPerMinute)
  const refusals = app.createRateLimit({ max: REFUSALS_PER_MINUTE, timeWindow: WINDOW_MS })
  const count = async (limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const counted = await limiter(request)
    if (counted.isAllowed || !counted.isExceeded) return
    reply.header('retry-after', counted.ttlInSeconds)
    throw new IsopodError('RATE_LIMITED', `Too many requests in a minute; ask again in ${counted.ttlInSeconds} s.`)
  }
  return {
    countRequest: (request, reply) => count(isRead(request.method) ? reads : changes, request, reply),
    countRefusal: (request, reply) => count(refusals, request, reply),
  }
}
