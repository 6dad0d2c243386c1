import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { kill, startFleet } from '../support/fleet.ts'
import { schedulesOf } from '../support/schedules-client.ts'

const ADDRESS = '127.0.0.2'
const ALLOWED = ['--allow-addresses', `${ADDRESS}/32`]
const WORKER = { tenant: 'newcomer', worker: 'jobs' }

/** Counts what workers did. */
const seen = new Map<string, number>()
const origin = http.createServer((request, response) => {
  const id = request.url?.slice(1) ?? ''
  seen.set(id, (seen.get(id) ?? 0) + 1)
  response.end('counted')
})
await once(origin.listen(0, ADDRESS), 'listening')
after(() => origin.close())
const { port } = origin.address() as AddressInfo

const SOURCE = `export default {
  async scheduled(controller, env) {
    await fetch('http://${ADDRESS}:${port}/' + env.id)
    if (env.id === 'stay') await new Promise((resolve) => setTimeout(resolve, 25_000))
  },
}`

test('a run whose host dies is lost, and is not run again', async () => {
  await using fleet = await startFleet(ALLOWED)
  const client = schedulesOf(fleet, WORKER)
  await fleet.deploy(WORKER, SOURCE, { env: { id: 'stay' } })
  await client.set({ cron: '0 0 29 2 *' })
  const run = client.run()
  await eventually(
    () => Promise.resolve(seen.get('stay')),
    (count) => count === 1,
  )
  assert.deepEqual(
    (await client.history()).map(({ ended, outcome }) => [ended, outcome]),
    [[null, null]],
  )
  kill((await fleet.admin.hosts()).find(({ tier }) => tier === 'probation'))
  assert.equal((await run).outcome, 'hostLost')
  const [record] = await client.history()
  assert.equal(record?.outcome, 'hostLost')
  assert.equal(record.error?.code, 'HOST_LOST')
  assert.equal(seen.get('stay'), 1)
})

test('a run that had not started when its host died is run by the next one', async () => {
  await using fleet = await startFleet(ALLOWED)
  const client = schedulesOf(fleet, WORKER)
  await fleet.deploy(WORKER, SOURCE, { env: { id: 'again' } })
  await client.set({ cron: '0 0 29 2 *' })
  const host = (await fleet.admin.hosts()).find(({ tier }) => tier === 'probation')
  // It takes nothing any more, and cannot say so. A sandbox may have put a process of its own in front of it.
  for (const member of familyOf(host?.pid ?? 0)) kill(member, 'SIGSTOP')
  const run = client.run()
  // What is on record is on its way.
  await eventually(
    () => client.history(),
    (runs) => runs.length === 1,
  )
  kill(host)
  assert.equal((await run).outcome, 'ok')
  assert.equal(seen.get('again'), 1)
})

test('a worker that is held back is not run', async () => {
  await using fleet = await startFleet()
  const client = schedulesOf(fleet, WORKER)
  const stuck = 'export default { scheduled() { Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) } }'
  await fleet.deploy(WORKER, stuck)
  await client.set({ cron: '0 0 29 2 *' })
  assert.equal((await client.run()).outcome, 'hostLost')
  await eventually(
    () => fleet.admin.quarantine(),
    (list) => list.length > 0,
  )
  const { error, outcome } = await client.run()
  assert.equal(outcome, 'quarantined')
  assert.equal(error?.code, 'QUARANTINED')
})
