// Tenants: whom the operator vouches for, what they may reach, and what they may use.
import type { Control } from '../../control/control.ts'
import { assertName } from '../../worker-name.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf, visibleTo } from '../caller.ts'
import { tenantReportOf } from '../reports.ts'
import { tenantChange, tenantList, tenantParams, tenantReport } from './tenant-shapes.ts'

export function addTenantsApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/tenants',
    {
      config: { access: 'caller' },
      schema: { summary: 'All tenants', response: { 200: tenantList } },
    },
    async (request) => ({ tenants: visibleTo(callerOf(request), control.tenants()).map(tenantReportOf) }),
  )
  app.put(
    '/api/tenants/:tenant',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Vouch for a tenant, or say what its workers may reach and use',
        params: tenantParams,
        body: tenantChange,
        response: { 200: tenantReport },
      },
    },
    async ({ body: { network, quota, vouched, weight }, params: { tenant } }) => {
      assertName(tenant, 'tenant')
      if (network !== undefined) await control.setNetwork(tenant, network)
      if (quota !== undefined) await control.setQuota(tenant, quota)
      if (weight !== undefined) await control.setWeight(tenant, weight)
      if (vouched !== undefined) await control.vouch(tenant, vouched)
      return tenantReportOf(control.tenant(tenant))
    },
  )
}
