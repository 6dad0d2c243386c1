import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Control } from '../../src/control/control.ts'
import { HostMeasures } from '../../src/host/measures/host-measures.ts'
import { MAX_NAMED_TENANTS, MAX_NAMED_WORKERS } from '../../src/server/metrics/named-families.ts'
import { startAdmin } from '../support/admin-stage.ts'
import { type Series, seriesIn, sumIn } from '../support/exposition.ts'
import { EMPTY_POOL, recordOf } from '../support/measures.ts'

const WORKERS = 10_000
const HOST = { host: 1, tier: 'main' } as const
/** The host is played; nobody is there to be asked. */
type Taking = Pick<Control, 'measures'>

function tell({ measures }: Taking, host: HostMeasures): void {
  measures.take(HOST, JSON.parse(JSON.stringify(host.snapshot(measures.snapshotOf(HOST.host)))))
}

function namesIn(series: Series, label: 'tenant' | 'worker'): ReadonlySet<string> {
  const pattern = label === 'tenant' ? /_tenant_\w+\{tenant="([^"]+)"/ : /_worker_\w+\{tenant="[^"]+",worker="([^"]+)"/
  return new Set([...series.keys()].flatMap((key) => pattern.exec(key)?.[1] ?? []))
}

test('10,000 workers of as many tenants have few series, the busy their own, and none goes down', async () => {
  await using stage = await startAdmin()
  const host = new HostMeasures({ stats: () => EMPTY_POOL, measured: () => ({}) })
  const scrape = async (): Promise<Series> => seriesIn((await stage.ask('GET', '/metrics')).text)
  let sent = 0
  let before: Series = new Map()
  for (let round = 0; round < 5; round++) {
    for (let worker = 0; worker < WORKERS; worker++) {
      // Other names in each round, but those of some that are busy throughout.
      host.taskEnded(recordOf(`t${worker}`, `w${worker}-${round}`))
      host.taskEnded(recordOf('busy', `app${worker % 3}`))
      sent += 2
      if (worker % 400 === 0) tell(stage.control, host)
    }
    tell(stage.control, host)
    const series = await scrape()
    assert.ok(series.size < 3000, `${series.size} series`)
    assert.ok(namesIn(series, 'worker').size <= MAX_NAMED_WORKERS + 1)
    assert.ok(namesIn(series, 'tenant').size <= MAX_NAMED_TENANTS + 1)
    assert.equal(series.get('isopod_tasks_total{outcome="ok"}'), sent)
    for (let app = 0; app < 3; app++)
      assert.ok(namesIn(series, 'worker').has(`app${app}`), 'the busy have names of their own')
    for (const [key, value] of before) {
      const isCount = /_(?:total|count|sum|bucket)(?:\{|$)/.test(key)
      if (isCount && series.has(key)) assert.ok((series.get(key) ?? 0) >= value, key)
    }
    before = series
  }
  const busy = [...before].filter(([key]) => key.startsWith('isopod_worker_tasks_total{tenant="busy"'))
  assert.equal(
    busy.reduce((sum, [, value]) => sum + value, 0),
    WORKERS * 5,
  )
  assert.ok(sumIn(before, 'isopod_worker_tasks_total') <= sent)
})
