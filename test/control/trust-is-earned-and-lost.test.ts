import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually, request } from '../support/cli.ts'
import { answering, startFleet, type TestFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'newcomer', worker: 'app' }
const STUCK = `export default {
  fetch(request) {
    if (request.url.endsWith('/stuck')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
    return new Response('well')
  },
}`

async function tierOf({ admin }: TestFleet, tenant: string): Promise<string | undefined> {
  return (await admin.tenants()).find((row) => row.tenant === tenant)?.tier
}

/** Tiers of the hosts that have an instance of the worker. */
async function runsIn({ serve }: TestFleet, worker: string): Promise<string[]> {
  const { entries } = (await request(serve.adminPort, '/admin/pool')).json() as {
    entries: { worker: string; tier: string }[]
  }
  return entries.filter((entry) => entry.worker === worker).map(({ tier }) => tier)
}

test('a tenant nobody knows begins on probation, earns the main hosts, and loses them with a strike', async () => {
  await using fleet = await startFleet(['--probation-tasks', '3', '--probation-ms', '0'])
  await fleet.deploy(WORKER, STUCK)
  assert.equal(await tierOf(fleet, WORKER.tenant), 'probation')
  assert.deepEqual(await runsIn(fleet, WORKER.worker), ['probation'])
  for (let i = 0; i < 3; i++) assert.equal((await fleet.get(WORKER)).text, 'well')
  await eventually(
    () => tierOf(fleet, WORKER.tenant),
    (tier) => tier === 'main',
  )
  assert.equal((await fleet.get(WORKER)).text, 'well')
  assert.ok((await runsIn(fleet, WORKER.worker)).includes('main'))
  await fleet.get(WORKER, '/stuck').catch(() => undefined)
  await eventually(
    () => tierOf(fleet, WORKER.tenant),
    (tier) => tier === 'probation',
  )
})

test('a tenant the operator vouches for begins in the main hosts', async () => {
  await using fleet = await startFleet()
  await fleet.admin.vouch('vip')
  const worker = { tenant: 'vip', worker: 'shop' }
  await fleet.deploy(worker, answering('shop'))
  assert.equal((await fleet.get(worker)).text, 'shop')
  assert.deepEqual(await runsIn(fleet, worker.worker), ['main'])
})
