import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { callApi } from '../support/admin-api.ts'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

const WORKER = { tenant: 'acme', worker: 'app' }
const QUOTA = { requestsPerSecond: 0.01, concurrentTasks: 5, workers: 1, cpuMsPerMinute: 60_000 }

test('hosts go by a quota while control is away, and it knows it afterwards', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  const { body, status } = await setQuota(fleet, 'acme', QUOTA)
  assert.deepEqual([status, body.quota], [200, QUOTA])
  assert.equal((await fleet.get(WORKER)).status, 200)
  const control = familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js'))
  kill(control)
  assert.equal((await fleet.get(WORKER)).status, 429)
  const listed = await eventually(
    () => callApi(fleet.serve.adminPort, 'GET /api/tenants').catch(() => undefined),
    (answer) => answer?.status === 200,
  )
  const tenants = listed?.body.tenants as { tenant: string; quota: object }[]
  assert.deepEqual(tenants.find(({ tenant }) => tenant === 'acme')?.quota, QUOTA)
  assert.equal((await fleet.get(WORKER)).status, 429)
  assert.equal((await fleet.tryDeploy({ tenant: 'acme', worker: 'more' }, answering('more')))?.code, 'QUOTA_EXCEEDED')
})
