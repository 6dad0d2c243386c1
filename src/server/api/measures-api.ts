// What hosts have counted of tasks and instances, and how workers stand. A tenant's own see what is theirs.
import type { Control } from '../../control/control.ts'
import type { AdminServer } from '../admin-server.ts'
import { callerOf } from '../caller.ts'
import {
  historyReportOf,
  measuresReportOf,
  tenantHistoryReportOf,
  tenantMeasuresReportOf,
} from '../measures-reports.ts'
import { historyQuery, measuresHistory, measuresReport } from './measures-shapes.ts'

export function addMeasuresApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/measures',
    {
      config: { access: 'caller' },
      schema: { summary: 'What was counted of tasks and instances', response: { 200: measuresReport } },
    },
    async (request) => {
      const { tenant } = callerOf(request)
      await control.measuring.refresh()
      return tenant === undefined
        ? measuresReportOf(control.measures)
        : tenantMeasuresReportOf(control.measures, tenant)
    },
  )
  app.get(
    '/api/measures/history',
    {
      config: { access: 'caller' },
      schema: {
        summary: 'What was counted in the last hour, over time',
        querystring: historyQuery,
        response: { 200: measuresHistory },
      },
    },
    async (request) => {
      const { tenant } = callerOf(request)
      const points = control.measures.history.points(request.query.minutes)
      return tenant === undefined ? historyReportOf(points) : tenantHistoryReportOf(points, tenant)
    },
  )
}
