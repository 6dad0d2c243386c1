import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'
import { burst, setQuota } from '../support/quotas.ts'

const GREEDY = { tenant: 'greedy', worker: 'app' }
const NEIGHBOUR = { tenant: 'quiet', worker: 'app' }
const ON_PROBATION = { tenant: 'new', worker: 'app' }

test('a burst is cut to the rate on two hosts, with a reason and Retry-After; neighbours are served', async () => {
  await using fleet = await startFleet(['--trusted-tenants', 'greedy,quiet'], { hosts: 2 })
  for (const worker of [GREEDY, NEIGHBOUR, ON_PROBATION]) await fleet.deploy(worker, answering('here'))
  for (const worker of [GREEDY, ON_PROBATION]) {
    await setQuota(fleet, worker.tenant, { requestsPerSecond: 10 })
    const [{ accepted, refused, tookS }, neighbour] = await Promise.all([
      burst(fleet, worker, 100),
      burst(fleet, NEIGHBOUR, 50),
    ])
    assert.ok(accepted.length > 0)
    // What the buckets hold, and what came in since.
    assert.ok(accepted.length <= 10 + 10 * tookS + 1, `${accepted.length} passed in ${tookS} s`)
    assert.ok(refused.length > 0)
    assert.equal(neighbour.refused.length, 0)
    for (const { headers, json } of refused) {
      assert.ok(Number(headers['retry-after']) >= 1)
      const { code, message } = (json() as { error: { code: string; message: string } }).error
      assert.equal(code, 'QUOTA_EXCEEDED')
      assert.match(message, /"requestsPerSecond".*"app".*10 tasks a second.*Try again in 1 s, or ask the operator/)
    }
  }
})

test('a quota that is taken away bounds nobody any more', async () => {
  await using fleet = await startFleet(['--trusted-tenants', 'greedy'], { hosts: 2 })
  await fleet.deploy(GREEDY, answering('here'))
  await setQuota(fleet, 'greedy', { requestsPerSecond: 0.01 })
  assert.ok((await burst(fleet, GREEDY, 20)).accepted.length <= 2)
  await setQuota(fleet, 'greedy', {})
  assert.equal((await burst(fleet, GREEDY, 20)).refused.length, 0)
})
