// One worker: how it fares, and one of its parts below.
import { useCallback } from 'react'
import type { WorkerParams } from '../../../../src/server/api/worker-shapes.ts'
import { useMayChange } from '../../api/caller.tsx'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { hrefOf } from '../../shell/location.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PARTS } from './parts.ts'
import type { Traffic } from './traffic.ts'
import { WorkerFigures } from './worker-figures.tsx'

interface WorkerDetailProps {
  readonly worker: WorkerParams
  /** The first of them unless given. */
  readonly part: string | undefined
  readonly traffic: Traffic
}

const EVERY_MS = 5000

export function WorkerDetail({ part = 'versions', traffic, worker: { tenant, worker } }: WorkerDetailProps) {
  const client = useClient()
  const mayChange = useMayChange(tenant)
  const live = useLive(
    useCallback(() => client.worker({ tenant, worker }), [client, tenant, worker]),
    { everyMs: EVERY_MS },
  )
  const Part = PARTS.find(({ name }) => name === part)?.component
  return (
    <>
      <p className="workers-way">
        <a href={hrefOf('workers')}>Workers</a> / {tenant} /
      </p>
      <h1>{worker}</h1>
      <Awaited live={live}>
        {(report) => (
          <>
            <p className="row">
              {report.split.map(({ percent, version }) => (
                <Badge key={version} tone="good">
                  {version} answers {percent} %
                </Badge>
              ))}
              {mayChange ? null : <span className="muted">This token may look, and change nothing here.</span>}
            </p>
            <WorkerFigures worker={report} traffic={traffic} />
            <nav className="workers-parts" aria-label="Parts of the worker">
              {PARTS.map(({ name, title }) => (
                <a
                  key={name}
                  href={hrefOf('workers', tenant, worker, name)}
                  aria-current={name === part ? 'page' : undefined}
                >
                  {title}
                </a>
              ))}
            </nav>
            {Part === undefined ? (
              <Notice kind="error">A worker has no such part.</Notice>
            ) : (
              <Part worker={report} mayChange={mayChange} changed={live.refresh} />
            )}
          </>
        )}
      </Awaited>
    </>
  )
}
