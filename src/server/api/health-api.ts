// For load balancers and service managers, which show no token.
import type { HostStatus } from '../../wire/host-status.ts'
import type { AdminServer } from '../admin-server.ts'
import { health, readiness } from './health-shapes.ts'
import { TIERS } from './tenant-shapes.ts'

export interface HealthApiOptions {
  readonly hosts: () => Promise<readonly HostStatus[]>
}

export function addHealthApi(app: AdminServer, { hosts }: HealthApiOptions): void {
  app.get(
    '/healthz',
    {
      config: { access: 'open' },
      schema: { summary: 'Whether control answers', response: { 200: health } },
    },
    async () => ({ status: 'ok' }) as const,
  )
  app.get(
    '/readyz',
    {
      config: { access: 'open' },
      schema: { summary: 'Whether hosts of both kinds serve', response: { 200: readiness, 503: readiness } },
    },
    async (_request, reply) => {
      const serving = (await hosts()).filter(({ state }) => state === 'serving')
      const missing = TIERS.filter((tier) => !serving.some((host) => host.tier === tier))
      const status = missing.length === 0 ? 'ok' : `no host serves in ${missing.join(', ')}`
      return reply.code(missing.length === 0 ? 200 : 503).send({ status, hosts: serving.length })
    },
  )
}
