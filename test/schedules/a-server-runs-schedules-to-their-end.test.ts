import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { kill, startFleet } from '../support/fleet.ts'
import { schedulesOf } from '../support/schedules-client.ts'

const NEVER_TODAY = { cron: '0 0 29 2 *' }

const SOURCE = `export default {
  scheduled(controller, env, ctx) {
    console.log('ran ' + controller.cron + ' ' + typeof controller.scheduledTime)
    if (env.how === 'throws') throw new TypeError('not today')
    ctx.waitUntil(new Promise((resolve) => setTimeout(() => {
      while (env.how === 'never ends') {}
      console.log('finished')
      resolve()
    }, 50)))
  },
}`

for (const tenant of ['default', 'newcomer']) {
  test(`a run of tenant ${tenant} ends when its waitUntil has, and its failures are the run's`, async () => {
    await using fleet = await startFleet()
    const worker = { tenant, worker: 'jobs' }
    const client = schedulesOf(fleet, worker)
    await fleet.deploy(worker, SOURCE)
    await client.set(NEVER_TODAY)
    assert.deepEqual(await client.run(), { cron: NEVER_TODAY.cron, outcome: 'ok' })
    await fleet.serve.saw('jobs: ran 0 0 29 2 * number')
    await fleet.serve.saw('jobs: finished')

    await fleet.deploy(worker, SOURCE, { env: { how: 'never ends' } })
    assert.equal((await client.run()).outcome, 'exceededCpu')
    await fleet.deploy(worker, SOURCE, { env: { how: 'throws' } })
    const { error } = await client.run()
    assert.deepEqual(error, { code: 'WORKER_EXCEPTION', message: 'TypeError: not today' })
    assert.deepEqual(
      (await client.history()).map(({ cause, outcome }) => [cause, outcome]),
      [
        ['manual', 'exception'],
        ['manual', 'exceededCpu'],
        ['manual', 'ok'],
      ],
    )
  })
}

test('schedules outlive control, and go with their worker', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: 'default', worker: 'jobs' }
  const client = schedulesOf(fleet, worker)
  await fleet.deploy(worker, SOURCE)
  await client.set({ ...NEVER_TODAY, zone: 'Europe/Berlin', missed: 'once' })
  await client.run()
  const before = (await client.ask('GET', '')).json() as { schedules: { next_run: number }[] }
  kill(familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js')))
  const status = await eventually(
    () => client.ask('GET', '').catch(() => undefined),
    (answer) => answer?.status === 200,
  )
  assert.deepEqual(status?.json(), before)
  assert.ok((before.schedules[0]?.next_run ?? 0) > Date.now())
  assert.equal((await client.history())[0]?.outcome, 'ok')

  await fleet.admin.remove(worker)
  for (const path of ['', '/history']) assert.equal((await client.ask('GET', path)).status, 404)
  await fleet.deploy(worker, SOURCE)
  assert.deepEqual((await client.ask('GET', '')).json(), { schedules: [] })
  assert.deepEqual(await client.history(), [])
})

test('what is no schedule is refused', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: 'default', worker: 'jobs' }
  const client = schedulesOf(fleet, worker)
  assert.equal((await client.ask('PUT', '', { schedules: [] })).status, 404)
  await fleet.deploy(worker, SOURCE)
  const bodies: readonly [body: object, code: string, message: RegExp][] = [
    [{ schedules: [{ cron: '61 * * * *' }] }, 'INVALID_CRON', /minute/],
    [{ schedules: [{ cron: '* * * * *', zone: 'Mars/Olympus' }] }, 'INVALID_CRON', /Mars/],
    [{ schedules: [{ cron: 1 }] }, 'INVALID_OPTION', /schedules\.0\.cron/],
    [{ schedules: [{ cron: '* * * * *', missed: 'all' }] }, 'INVALID_OPTION', /schedules\.0\.missed/],
    [{ schedules: [{ cron: '* * * * *', often: true }] }, 'INVALID_OPTION', /often/],
    [{}, 'INVALID_OPTION', /schedules/],
  ]
  for (const [body, code, message] of bodies) {
    const answer = await client.ask('PUT', '', body)
    assert.equal(answer.status, 400, answer.text)
    const { error } = answer.json() as { error: { code: string; message: string } }
    assert.equal(error.code, code)
    assert.match(error.message, message)
  }
  assert.equal((await client.ask('POST', '/run', {})).status, 400)
})
