import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet, type TestFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'default', worker: 'app' }

/** Resolves when there is a new one. */
async function killControl(fleet: TestFleet): Promise<void> {
  const control = familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js'))
  kill(control)
  await eventually(
    () => fleet.admin.hosts().catch(() => []),
    (hosts) => hosts.length > 0,
  )
}

test('hosts serve what they know while control is away, and it has forgotten nothing', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  await fleet.deploy({ tenant: 'vip', worker: 'shop' }, answering('shop'))
  await fleet.admin.vouch('vip')
  assert.equal((await fleet.get(WORKER)).text, 'here')
  const workers = await fleet.admin.workers()
  const tenants = (await fleet.admin.tenants()).map(({ tenant, tier, vouched }) => [tenant, tier, vouched])
  const killed = killControl(fleet)
  assert.equal((await fleet.get(WORKER)).text, 'here')
  await killed
  assert.deepEqual(await fleet.admin.workers(), workers)
  assert.deepEqual(
    (await fleet.admin.tenants()).map(({ tenant, tier, vouched }) => [tenant, tier, vouched]),
    tenants,
  )
  assert.equal((await fleet.get({ tenant: 'vip', worker: 'shop' })).text, 'shop')
})

test('what the first request to a new control deploys, every host knows', async () => {
  await using fleet = await startFleet([], { hosts: 3 })
  for (let round = 1; round <= 3; round++) {
    await killControl(fleet)
    const worker = { tenant: 'default', worker: `app-${round}` }
    await fleet.deploy(worker, answering('new'), { start: 'on-demand' })
    const answers = await Promise.all(Array.from({ length: 30 }, () => fleet.get(worker)))
    assert.deepEqual([...new Set(answers.map(({ text }) => text))], ['new'])
  }
})
