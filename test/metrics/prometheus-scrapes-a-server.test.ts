import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { seriesOf } from '../support/exposition.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'
import { hasPrometheus, type Prometheus, startPrometheus } from '../support/prometheus.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const OK = 'isopod_worker_tasks_total{worker="app",outcome="ok"}'
/** The name of everything that may only grow, as a label. */
const COUNTS =
  'count by (metric) (label_replace({__name__=~"isopod_.+_(total|count|sum|bucket)"}, "metric", "$1", "__name__", "(.+)"))'
/** Of a scrape loop's samples: what did not make it into the store, by why. */
const DROPPED = [
  'prometheus_target_scrapes_exceeded_sample_limit_total',
  'prometheus_target_scrapes_sample_duplicate_timestamp_total',
  'prometheus_target_scrapes_sample_out_of_bounds_total',
  'prometheus_target_scrapes_sample_out_of_order_total',
  'prometheus_target_scrapes_exceeded_body_size_limit_total',
  'prometheus_tsdb_out_of_order_samples_total',
] as const

async function only(prometheus: Prometheus, expression: string): Promise<number | undefined> {
  return [...(await prometheus.query(expression)).values()][0]
}

test('a real Prometheus takes in all of it, and counts what was sent, also past the death of a host', async (t) => {
  if (!hasPrometheus(t)) return
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  await fleet.get(WORKER)
  await using prometheus = await startPrometheus({ targetPort: fleet.serve.adminPort })
  assert.deepEqual(await prometheus.target().then((target) => [target?.health, target?.lastError]), ['up', ''])
  const counted = (count: number): Promise<number | undefined> =>
    eventually(
      () => only(prometheus, OK),
      (value) => value === count,
    )
  await counted(1)
  for (let sent = 0; sent < 30; sent++) await fleet.get(WORKER)
  await counted(31)
  assert.equal(Math.round((await only(prometheus, `max_over_time(${OK}[1m]) - min_over_time(${OK}[1m])`)) ?? NaN), 30)
  const p99 = 'histogram_quantile(0.99, sum by (le) (isopod_task_duration_seconds_bucket{outcome="ok"}))'
  assert.ok(((await only(prometheus, p99)) ?? 0) > 0)

  const killed = (await fleet.admin.hosts()).find(({ tier }) => tier === 'main')
  kill(killed)
  await eventually(
    () => fleet.admin.hosts(),
    (hosts) => hosts.some(({ pid, state, tier }) => tier === 'main' && state === 'serving' && pid !== killed?.pid),
  )
  for (let sent = 0; sent < 9; sent++) await fleet.get(WORKER)
  await counted(40)
  await eventually(
    () => only(prometheus, 'isopod_host_deaths_total{cause="killed"}'),
    (value) => value === 1,
  )
  const names = await prometheus.query(COUNTS)
  assert.ok(names.size > 20)
  for (const labels of names.keys()) {
    const { metric: name } = JSON.parse(labels) as { metric: string }
    const resets = await prometheus.query(`resets(${name}[5m]) > 0`)
    assert.deepEqual([...resets.keys()], [], name)
  }

  const scraped = await only(prometheus, 'scrape_samples_scraped')
  assert.equal(await only(prometheus, 'scrape_samples_post_metric_relabeling'), scraped)
  assert.ok((scraped ?? 0) > 100)
  for (const name of DROPPED) assert.equal(await prometheus.own(name), 0, name)
  assert.equal(await only(prometheus, 'min_over_time(up[5m])'), 1)
  assert.ok((await seriesOf(fleet)).size >= (scraped ?? 0))
})

test('it comes in with the token of a reader, and not without', async (t) => {
  if (!hasPrometheus(t)) return
  await using fleet = await startFleet(['--require-token'], {
    env: { ISOPOD_ADMIN_TOKEN: 'a-token-of-more-than-thirty-two-characters' },
  })
  const { adminPort } = fleet.serve
  const answer = await fetch(`http://127.0.0.1:${adminPort}/api/tokens`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer a-token-of-more-than-thirty-two-characters',
    },
    body: JSON.stringify({ role: 'reader', label: 'prometheus' }),
  })
  const { secret } = (await answer.json()) as { secret: string }
  await using welcome = await startPrometheus({ targetPort: adminPort, token: secret })
  assert.equal((await welcome.target())?.health, 'up')
  await using stranger = await startPrometheus({ targetPort: adminPort })
  assert.equal((await stranger.target())?.lastError, 'server returned HTTP status 401 Unauthorized')
})
