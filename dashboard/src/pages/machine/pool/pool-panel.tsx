// The pools of all hosts as one, looked at once a second.
import { useCallback, useId, useMemo, useState } from 'react'
import { useClient } from '../../../api/session.tsx'
import { useLive } from '../../../api/use-live.ts'
import { count, percent } from '../../../ui/format.ts'
import { Loading } from '../../../ui/loading.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Stat, Stats } from '../../../ui/stat.tsx'
import { PoolFollower, type PoolLook } from './follow-pool.ts'
import './pool.css'
import { PoolCells } from './pool-cells.tsx'
import { PoolFilter, type PoolFilterValue } from './pool-filter.tsx'
import { PoolHappenings } from './pool-happenings.tsx'
import { PoolLegend } from './pool-legend.tsx'
import { PoolTable } from './pool-table.tsx'

const EVERY_MS = 1000

export function PoolPanel() {
  const client = useClient()
  const follower = useMemo(() => new PoolFollower(), [])
  const ask = useCallback(async () => {
    const fromMs = Date.now()
    const pool = await client.pool()
    const toMs = Date.now()
    // Asked for later, so that who left the pool has been counted.
    return follower.look({ pool, measures: await client.measures() }, { fromMs, toMs })
  }, [client, follower])
  const { error, value } = useLive(ask, { everyMs: EVERY_MS })
  return (
    <section className="panel" aria-label="Pool">
      <h2>Pool</h2>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {value === undefined ? <Loading /> : <Pool look={value} />}
    </section>
  )
}

function Pool({ look }: { readonly look: PoolLook }) {
  const [filter, setFilter] = useState<PoolFilterValue>({ tenant: '', host: '' })
  const [view, setView] = useState<'drawing' | 'table'>('drawing')
  const viewId = useId()
  const isFiltered = filter.tenant !== '' || filter.host !== ''
  const cells = look.cells.filter(
    ({ entry }) =>
      (filter.tenant === '' || entry.tenant === filter.tenant) &&
      (filter.host === '' || String(entry.host) === filter.host),
  )
  return (
    <>
      <PoolFigures look={look} />
      <div className="row pool-choices">
        <PoolFilter cells={look.cells} value={filter} change={setFilter} />
        <div>
          <label htmlFor={viewId}>View</label>
          <select
            id={viewId}
            value={view}
            onChange={({ target }) => setView(target.value === 'table' ? 'table' : 'drawing')}
          >
            <option value="drawing">Drawing</option>
            <option value="table">Table</option>
          </select>
        </div>
      </div>
      {cells.length === 0 ? (
        <p className="muted">{isFiltered ? 'None of the instances is of these.' : 'No worker is loaded.'}</p>
      ) : null}
      {cells.length > 0 && view === 'table' ? <PoolTable cells={cells} /> : null}
      {cells.length > 0 && view === 'drawing' ? (
        <>
          <PoolCells cells={cells} arrangement={isFiltered ? 'close' : 'in-place'} />
          <PoolLegend />
        </>
      ) : null}
      <h3 className="pool-title">Came and went</h3>
      <PoolHappenings happenings={look.happenings} />
    </>
  )
}

function PoolFigures({ look: { pool, recentHitRate } }: { readonly look: PoolLook }) {
  return (
    <Stats>
      <Stat label="Instances" value={`${count(pool.cached)} of ${count(pool.total)}`} />
      <Stat label="Room for" value={count(pool.capacity)} hint="Instances the pools could still add" />
      <Stat
        label="Hit rate"
        value={pool.hits + pool.misses === 0 ? '–' : percent(pool.hit_rate)}
        hint="Share of tasks that found an instance of their worker, since the hosts started"
      />
      <Stat
        label="Hit rate, last second"
        value={recentHitRate === undefined ? '–' : percent(recentHitRate)}
        hint="None where there were no tasks"
      />
      <Stat label="Reserve" value={count(pool.reserve)} hint="Blank instances ready" />
      <Stat label="Waiting" value={count(pool.waiting)} hint="Tasks waiting for a place in a pool" />
      <Stat label="Evictions" value={count(pool.evictions)} />
    </Stats>
  )
}
