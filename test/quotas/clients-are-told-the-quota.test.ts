import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateLimitFields } from '../../src/host/http/rate-limit-fields.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

for (const tenant of ['trusted', 'new']) {
  test(`the quota, what is left and when there is more are in the answer to a tenant that is ${tenant}`, async () => {
    await using fleet = await startFleet(['--trusted-tenants', 'trusted'])
    const worker = { tenant, worker: 'app' }
    await fleet.deploy(worker, answering('here'))
    await setQuota(fleet, tenant, { requestsPerSecond: 0.02 })
    assert.equal((await fleet.get(worker)).status, 200)
    const { headers, status } = await fleet.get(worker)
    assert.equal(status, 429)
    assert.equal(headers['ratelimit-policy'], '"requestsPerSecond";q=1;w=50')
    const seconds = Number(headers['retry-after'])
    assert.ok(seconds > 10 && seconds <= 50, `${seconds}`)
    assert.equal(headers['ratelimit'], `"requestsPerSecond";r=0;t=${seconds}`)
  })
}

test('what is not counted in requests says so; what has no window has none', () => {
  const limit = { policy: 'concurrentTasks', quota: 5, unit: 'concurrent-requests', remaining: 0, resetS: 1 }
  assert.deepEqual(rateLimitFields(limit), {
    'ratelimit-policy': '"concurrentTasks";q=5;qu="concurrent-requests"',
    ratelimit: '"concurrentTasks";r=0;t=1',
  })
})
