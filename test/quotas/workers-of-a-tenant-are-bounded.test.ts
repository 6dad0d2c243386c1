import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

function named(worker: string): { readonly tenant: string; readonly worker: string } {
  return { tenant: 'acme', worker }
}

test('one worker more than the quota is refused; new versions of those that are there are not', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(named('one'), answering('1'))
  await setQuota(fleet, 'acme', { workers: 2 })
  const refusals = await Promise.all(['a', 'b', 'c', 'd'].map((name) => fleet.tryDeploy(named(name), answering(name))))
  const codes = refusals.flatMap((refusal) => (refusal === undefined ? [] : [refusal.code]))
  assert.deepEqual(codes, Array(3).fill('QUOTA_EXCEEDED'), 'of those that come at the same time one gets the place')
  assert.match(
    refusals.find((refusal) => refusal !== undefined)?.message ?? '',
    /"workers" of the tenant "acme" is used up: it has 2 of the 2 workers/,
  )
  assert.equal((await fleet.admin.workers()).length, 2)
  await fleet.deploy(named('one'), answering('again'))
  assert.equal((await fleet.get(named('one'))).text, 'again')
  await fleet.deploy({ tenant: 'other', worker: 'app' }, answering('here'))
})
