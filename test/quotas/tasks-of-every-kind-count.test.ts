import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

// On probation there is one host: what it counts is exact. In the time of a test a rate as low gives nothing new.
const TENANT = 'acme'
const CRON = '0 0 1 1 *'
const BACK = `export default { fetch: () => new Response('back'), scheduled() {} }`
const FRONT = `export default {
  async fetch(request, env) {
    try {
      return await env.BACK.fetch(request)
    } catch (error) {
      return new Response(error.message)
    }
  },
}`

test('a call of another worker takes its own of the rate', async () => {
  await using fleet = await startFleet()
  await fleet.deploy({ tenant: TENANT, worker: 'back' }, BACK)
  const bindings = { BACK: { type: 'service', worker: 'back' } }
  await fleet.deploy({ tenant: TENANT, worker: 'front' }, FRONT, { bindings })
  assert.equal((await fleet.get({ tenant: TENANT, worker: 'front' })).text, 'back')
  await setQuota(fleet, TENANT, { requestsPerSecond: 0.01 })
  const { status, text } = await fleet.get({ tenant: TENANT, worker: 'front' })
  assert.equal(status, 200)
  assert.match(text, /quotaExceeded.*"requestsPerSecond"/)
})

test('a schedule that is due is refused too, and its history says so', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: TENANT, worker: 'back' }
  await fleet.deploy(worker, BACK)
  const path = `/api/workers/${TENANT}/back/schedules`
  await callApi(fleet.serve.adminPort, `PUT ${path}`, { schedules: [{ cron: CRON }] })
  await setQuota(fleet, TENANT, { requestsPerSecond: 0.01 })
  assert.equal((await fleet.get(worker)).text, 'back')
  const run = await callApi(fleet.serve.adminPort, `POST ${path}/run`, {})
  assert.match(JSON.stringify(run.body), /quotaExceeded/)
  const history = await callApi(fleet.serve.adminPort, `GET ${path}/history`)
  assert.match(JSON.stringify(history.body), /quotaExceeded/)
})
