// Who asks: so that a page offers nothing that would be refused.
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import { whoamiReport } from './whoami-shapes.ts'

export function addWhoamiApi(app: AdminServer): void {
  app.get(
    '/api/whoami',
    {
      config: { access: 'caller' },
      schema: { summary: 'Who asks, and what that one may do', response: { 200: whoamiReport } },
    },
    async (request) => {
      const { name, role, tenant } = callerOf(request)
      return { name, role, tenant: tenant ?? null }
    },
  )
}
