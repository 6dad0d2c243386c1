// What went wrong, and who is held back because of it.
import type { Control } from '../../control/control.ts'
import type { IncidentReport } from '../../control/deaths.ts'
import type { AdminServer } from '../admin-server.ts'
import { type Caller, callerOf, visibleTo } from '../caller.ts'
import { incidentReportOf, quarantineReportOf } from '../reports.ts'
import { incidentList, lifted, quarantineList } from './quarantine-shapes.ts'
import { workerParams } from './worker-shapes.ts'

export function addQuarantineApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/quarantine',
    {
      config: { access: 'caller' },
      schema: { summary: 'Workers that are held back', response: { 200: quarantineList } },
    },
    async (request) => ({ quarantine: visibleTo(callerOf(request), control.quarantined()).map(quarantineReportOf) }),
  )
  app.delete(
    '/api/quarantine/:tenant/:worker',
    {
      // Not for the tenant's own: quarantine protects the others from it.
      config: { access: 'admin' },
      schema: {
        summary: 'Let a worker go, and forget its strikes',
        params: workerParams,
        response: { 200: lifted },
      },
    },
    async ({ params }) => ({ lifted: await control.lift(params) }),
  )
  app.get(
    '/api/incidents',
    {
      config: { access: 'caller' },
      schema: { summary: 'Deaths of hosts', response: { 200: incidentList } },
    },
    async (request) => {
      const caller = callerOf(request)
      return {
        incidents: control
          .incidents()
          .flatMap((incident) => seenBy(caller, incident))
          .map(incidentReportOf),
      }
    },
  )
}

/** A tenant learns of what its own workers did, or may have done, and of nobody else's. */
function seenBy(caller: Caller, incident: IncidentReport): IncidentReport[] {
  const [culprit = null] = visibleTo(caller, incident.culprit === null ? [] : [incident.culprit])
  const suspects = visibleTo(caller, incident.suspects)
  const isConcerned = caller.tenant === undefined || culprit !== null || suspects.length > 0
  return isConcerned ? [{ ...incident, culprit, suspects }] : []
}
