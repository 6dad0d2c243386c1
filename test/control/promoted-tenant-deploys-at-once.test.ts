import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'acme', worker: 'shop' }

test('a worker that ran on probation gets its next version after its tenant was vouched for', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('one'))
  assert.equal((await fleet.get(WORKER)).text, 'one')
  await fleet.admin.vouch(WORKER.tenant)
  assert.equal((await fleet.get(WORKER)).text, 'one')
  const signal = AbortSignal.timeout(5000)
  await Promise.race([
    fleet.deploy(WORKER, answering('two')),
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  ])
  assert.equal((await fleet.get(WORKER)).text, 'two')
})
