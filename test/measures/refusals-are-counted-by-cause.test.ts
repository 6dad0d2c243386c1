import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'
import { measuresOf, workerIn } from '../support/measures.ts'
import { burst, setQuota } from '../support/quotas.ts'

const GREEDY = { tenant: 'greedy', worker: 'app' }
const SLOW = { tenant: 'default', worker: 'slow' }

test('what a quota refused is counted as such, on both tiers, and is in no histogram', async () => {
  await using fleet = await startFleet(['--trusted-tenants', 'greedy'])
  const onProbation = { tenant: 'new', worker: 'other' }
  for (const worker of [GREEDY, onProbation]) {
    await fleet.deploy(worker, answering('here'))
    await setQuota(fleet, worker.tenant, { requestsPerSecond: 1 })
    const { accepted, refused } = await burst(fleet, worker, 30)
    const measured = workerIn(
      await eventually(
        () => measuresOf(fleet),
        (measures) => workerIn(measures, worker.worker)?.tasks === 30,
      ),
      worker.worker,
    )
    assert.deepEqual(measured?.refused, { QUOTA_EXCEEDED: refused.length })
    assert.deepEqual(measured?.outcomes, { ok: accepted.length, quotaExceeded: refused.length })
  }
})

test('what found the line full is counted as such', async () => {
  await using fleet = await startFleet(['--queue-size', '1', '--mode', 'pool'])
  await fleet.deploy(
    SLOW,
    `export default { async fetch() { await scheduler.wait(200); return new Response('here') } }`,
  )
  const answers = await Promise.all(Array.from({ length: 10 }, () => fleet.get(SLOW)))
  const shed = answers.filter(({ status }) => status === 503).length
  assert.ok(shed > 0)
  const slow = workerIn(
    await eventually(
      () => measuresOf(fleet),
      (measures) => workerIn(measures, 'slow')?.tasks === 10,
    ),
    'slow',
  )
  assert.deepEqual(slow?.refused, { QUEUE_FULL: shed })
})

test('what was held back is counted as such', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: 'newcomer', worker: 'stuck' }
  await fleet.deploy(
    worker,
    `export default { fetch(request) {
      if (request.url.endsWith('/spin')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
      return new Response('here')
    } }`,
  )
  await fleet.get(worker, '/spin')
  await eventually(
    () => fleet.admin.quarantine(),
    (list) => list.length > 0,
  )
  assert.match((await fleet.get(worker)).text, /QUARANTINED/)
  const measured = await eventually(
    () => measuresOf(fleet),
    (measures) => (workerIn(measures, 'stuck')?.refused['QUARANTINED'] ?? 0) > 0,
  )
  assert.ok((workerIn(measured, 'stuck')?.outcomes['quarantined'] ?? 0) > 0)
})

test('what was lost with another host is counted by the host that it came by', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: 'newcomer', worker: 'waits' }
  await fleet.deploy(worker, `export default { async fetch() { await scheduler.wait(20_000); return new Response() } }`)
  const lost = fleet.get(worker)
  await eventually(
    () => measuresOf(fleet),
    (measures) => workerIn(measures, 'waits')?.running === 1,
  )
  kill((await fleet.admin.hosts()).find(({ tier }) => tier === 'probation'))
  assert.equal((await lost).status, 503)
  const measured = await eventually(
    () => measuresOf(fleet),
    (measures) => (workerIn(measures, 'waits')?.tasks ?? 0) > 0,
  )
  assert.deepEqual(workerIn(measured, 'waits')?.refused, { HOST_LOST: 1 })
})
