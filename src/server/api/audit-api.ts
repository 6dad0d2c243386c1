// The audit log.
import type { Audit } from '../../control/audit.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import { auditReportOf } from '../reports.ts'
import { auditList, auditQuery } from './token-shapes.ts'

export function addAuditApi(app: AdminServer, { audit }: { readonly audit: Audit }): void {
  app.get(
    '/api/audit',
    {
      config: { access: 'caller' },
      schema: { summary: 'Who changed what', querystring: auditQuery, response: { 200: auditList } },
    },
    async (request) => {
      const { tenant } = callerOf(request)
      return { audit: audit.list({ tenant, limit: request.query.limit }).map(auditReportOf) }
    },
  )
}
