// Host processes and their pools.
import type { Control } from '../../control/control.ts'
import type { HostStatus } from '../../wire/host-status.ts'
import type { AdminServer } from '../admin-server.ts'
import { hostReportOf, joinedPoolReportOf } from '../reports.ts'
import { hostList, type PoolReport, poolReport, reloadBody, reloaded } from './host-shapes.ts'

export interface HostsApiOptions {
  readonly control: Control
  readonly hosts: () => Promise<readonly HostStatus[]>
  /** Replaces every host, one by one. */
  readonly reload: () => Promise<void>
}

export function addHostsApi(app: AdminServer, { control, hosts, reload }: HostsApiOptions): void {
  app.get(
    '/api/hosts',
    {
      config: { access: 'admin' },
      schema: { summary: 'Host processes', response: { 200: hostList } },
    },
    async () => ({ hosts: (await hosts()).map(hostReportOf) }),
  )
  app.post(
    '/api/reload',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Replace every host, one by one, without a lost request',
        body: reloadBody,
        response: { 200: reloaded },
      },
    },
    async () => {
      await reload()
      return { reloaded: true } as const
    },
  )
  addPoolApi(app, async () => joinedPoolReportOf(await control.stats()))
}

/** The one page that a server of one process has too. */
export function addPoolApi(app: AdminServer, report: () => Promise<PoolReport>): void {
  app.get(
    '/admin/pool',
    {
      config: { access: 'admin' },
      schema: { summary: 'Instances, and the figures of their pool', response: { 200: poolReport } },
    },
    report,
  )
}
