// What the machine is doing: its hosts, their instances, who is held back and what went wrong. A tenant's own sees of this what
// concerns it.
import { useCallback } from 'react'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import type { PageProps } from '../../shell/pages.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { HostsPanel } from './hosts-panel.tsx'
import { IncidentsPanel } from './incidents-panel.tsx'
import './machine.css'
import { PoolPanel } from './pool/pool-panel.tsx'
import { QuarantinePanel } from './quarantine-panel.tsx'

/** `server` is told to those who may see everything. */
type Sight = 'everything' | 'own'

export function MachinePage(_props: PageProps) {
  const client = useClient()
  const ask = useCallback(
    async (): Promise<Sight> => ((await client.measures()).server === undefined ? 'own' : 'everything'),
    [client],
  )
  const { error, value: sight } = useLive(ask)
  return (
    <>
      <h1>Machine</h1>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {sight === undefined && error === undefined ? <Loading /> : null}
      {sight === 'everything' ? (
        <>
          <HostsPanel />
          <PoolPanel />
        </>
      ) : null}
      {sight === 'own' ? (
        <Notice kind="info">
          Hosts and their pools are shown to admins. This token is a tenant’s: below is what concerns its workers.
        </Notice>
      ) : null}
      {sight === undefined ? null : (
        <>
          <QuarantinePanel maySeeAll={sight === 'everything'} />
          <IncidentsPanel />
        </>
      )}
    </>
  )
}
