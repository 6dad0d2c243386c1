import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { measuresOf, workerIn } from '../support/measures.ts'
import type { MeasuresHistory } from '../../src/server/api/measures-shapes.ts'

const FAILING = `export default {
  async fetch(request) {
    if (new URL(request.url).pathname === '/throw') throw new Error('as asked')
    await scheduler.wait(1)
    return new Response(await request.text())
  }
}`

for (const tenant of ['default', 'newcomer']) {
  test(`50 requests of ${tenant}, five of which throw, are 50 tasks and five errors`, async () => {
    await using fleet = await startFleet()
    const worker = { tenant, worker: 'app' }
    await fleet.deploy(worker, FAILING)
    await fleet.deploy({ tenant, worker: 'idle' }, answering('here'))
    for (let sent = 0; sent < 50; sent++) {
      const { status } = await fleet.get(worker, sent % 10 === 0 ? '/throw' : '/', { method: 'POST', body: 'hello' })
      assert.equal(status, sent % 10 === 0 ? 500 : 200)
    }
    const report = await eventually(
      () => measuresOf(fleet),
      (measures) => workerIn(measures, 'app')?.tasks === 50,
    )
    const app = workerIn(report, 'app')
    assert.deepEqual(app?.outcomes, { ok: 45, exception: 5 })
    assert.equal(app?.errors, 5)
    assert.deepEqual(app?.refused, {})
    assert.equal(app?.bytes_in, 250)
    assert.equal(app?.bytes_out, 225)
    assert.ok((app?.wall.p50_ms ?? 0) > 0)
    assert.ok((app?.wall.p99_ms ?? 0) >= (app?.wall.p50_ms ?? 0))
    assert.equal(app?.instances, 1)
    assert.ok((app?.heap_bytes ?? 0) > 0)
    assert.equal(report.total.tasks, 50)
    assert.ok((report.server?.ops['timer'] ?? 0) >= 45)
    assert.equal(report.server?.hosts.length, 2)
    assert.equal(report.server?.other_tenants.tasks, 0)
    const created = Object.values(app?.created ?? {}).reduce((sum, count) => sum + count, 0)
    assert.ok(created >= 1)

    const { points } = (await callApi(fleet.serve.adminPort, 'GET /api/measures/history')).body as MeasuresHistory
    assert.equal(
      points.reduce((sum, { total }) => sum + total.tasks, 0),
      50,
    )
    assert.ok(points.some(({ tenants }) => tenants.some((slice) => slice.tenant === tenant && slice.tasks > 0)))
  })
}
