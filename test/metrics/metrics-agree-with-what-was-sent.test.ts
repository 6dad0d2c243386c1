import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { expositionOf, seriesIn, seriesOf, sumIn } from '../support/exposition.ts'
import { startFleet } from '../support/fleet.ts'
import { complaintsAbout, hasPrometheus } from '../support/prometheus.ts'
import { burst, setQuota } from '../support/quotas.ts'

const WORKER = { tenant: 'acme', worker: 'app' }
const SOURCE = `export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/throw') throw new Error('as asked')
    if (pathname === '/spin') for (;;);
    await scheduler.wait(1)
    return new Response(await request.text())
  }
}`

test('tasks, their times, refusals and instances are as many as were sent', async (t) => {
  await using fleet = await startFleet(['--trusted-tenants', 'acme,greedy'])
  await fleet.deploy(WORKER, SOURCE)
  const greedy = { tenant: 'greedy', worker: 'app' }
  await fleet.deploy(greedy, SOURCE)
  await setQuota(fleet, 'greedy', { requestsPerSecond: 1 })
  for (let sent = 0; sent < 20; sent++) await fleet.get(WORKER, '/', { method: 'POST', body: 'hello' })
  for (let sent = 0; sent < 3; sent++) await fleet.get(WORKER, '/throw')
  await fleet.get(WORKER, '/spin')
  const { accepted, refused } = await burst(fleet, greedy, 10)

  const ok = 20 + accepted.length
  const series = await eventually(
    () => seriesOf(fleet),
    // Hosts say how large they are with their first pong.
    (now) =>
      sumIn(now, 'isopod_tasks_total') === 34 &&
      ['main', 'probation'].every((role) => (now.get(`isopod_host_resident_memory_bytes{role="${role}"}`) ?? 0) > 0),
  )
  const value = (name: string): number => series.get(name) ?? NaN
  assert.equal(value('isopod_tasks_total{outcome="ok"}'), ok)
  assert.equal(value('isopod_tasks_total{outcome="exception"}'), 3)
  assert.equal(value('isopod_tasks_total{outcome="exceededCpu"}'), 1)
  assert.equal(value('isopod_tasks_total{outcome="quotaExceeded"}'), refused.length)
  assert.equal(value('isopod_tasks_total{outcome="hostLost"}'), 0)
  assert.equal(value('isopod_refused_tasks_total{code="QUOTA_EXCEEDED"}'), refused.length)
  assert.equal(value('isopod_task_duration_seconds_count{outcome="ok"}'), ok)
  assert.equal(value('isopod_task_duration_seconds_bucket{outcome="ok",le="+Inf"}'), ok)
  assert.equal(value('isopod_task_duration_seconds_bucket{outcome="exceededCpu",le="0.02"}'), 0)
  assert.ok(value('isopod_task_duration_seconds_sum{outcome="exceededCpu"}') >= 0.05)
  assert.equal(value('isopod_queue_wait_seconds_count'), 34 - refused.length)
  assert.equal(value('isopod_request_body_bytes_total'), 100)
  assert.ok(value('isopod_response_body_bytes_total') >= 100)

  assert.equal(value('isopod_worker_tasks_total{tenant="acme",worker="app",outcome="ok"}'), 20)
  assert.equal(value('isopod_worker_tasks_total{tenant="greedy",worker="app",outcome="ok"}'), accepted.length)
  assert.equal(value('isopod_tenant_tasks_total{tenant="acme",outcome="exception"}'), 3)
  for (const name of ['isopod_worker_tasks_total', 'isopod_tenant_tasks_total']) assert.equal(sumIn(series, name), 34)
  const cpu = value('isopod_task_cpu_seconds_total')
  assert.ok(cpu >= 0.05)
  for (const name of ['isopod_worker_cpu_seconds_total', 'isopod_tenant_cpu_seconds_total'])
    assert.ok(Math.abs(sumIn(series, name) - cpu) < 1e-5, name)
  const heap = value('isopod_instance_heap_bytes')
  assert.ok(heap > 0)
  for (const name of ['isopod_worker_heap_bytes', 'isopod_tenant_heap_bytes']) assert.equal(sumIn(series, name), heap)

  assert.equal(
    value('isopod_pool_hits_total') + value('isopod_pool_misses_total'),
    34 - refused.length,
    'each task that was not refused started warm or cold',
  )
  const created = sumIn(series, 'isopod_instances_created_total')
  assert.ok(created >= 2)
  assert.equal(sumIn(series, 'isopod_instance_creation_seconds_count'), created)
  assert.equal(value('isopod_instances_retired_total{cause="limit-hit"}'), 1)
  assert.equal(value('isopod_workers'), 2)
  assert.equal(value('isopod_quarantined_workers'), 0)
  assert.ok(value('isopod_ops_total{op="timer"}') >= ok)
  for (const role of ['main', 'probation']) {
    assert.equal(value(`isopod_hosts{role="${role}",state="serving"}`), 1)
    assert.ok(value(`isopod_host_resident_memory_bytes{role="${role}"}`) > 1e6)
    const places = value(`isopod_pool_max_instances{tier="${role}"}`)
    const cached = value(`isopod_pool_cached_instances{tier="${role}"}`)
    assert.equal(value(`isopod_pool_free_instances{tier="${role}"}`), places - cached)
  }
  assert.ok(value('process_resident_memory_bytes') > 1e6)
  assert.ok(value('process_start_time_seconds') * 1000 <= Date.now())

  await t.test('promtool has nothing to say of it', (inner) => {
    if (!hasPrometheus(inner)) return undefined
    return expositionOf(fleet).then((text) => assert.equal(complaintsAbout(text), ''))
  })
  await t.test('no series is there twice', async () => {
    const text = await expositionOf(fleet)
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    assert.equal(seriesIn(text).size, lines.length)
  })
})
