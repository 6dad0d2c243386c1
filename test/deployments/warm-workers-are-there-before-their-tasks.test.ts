// A version with `minWarm` has an instance in every host of its tier without anybody asking for the worker.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { eventually, runCli } from '../support/cli.ts'
import { answering, kill, startFleet, type TestFleet } from '../support/fleet.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WARM = { tenant: 'default', worker: 'warm' }
const COLD = { tenant: 'default', worker: 'cold' }
const READY = { minWarm: 1 }

interface Instance {
  readonly host: number
  readonly tier: string
  readonly worker: string
  readonly version: string
  readonly state: string
}

async function instances(fleet: TestFleet): Promise<readonly Instance[]> {
  const { body } = await callApi(fleet.serve.adminPort, 'GET /admin/pool')
  return (body as { entries: readonly Instance[] }).entries
}

/** Hosts that have an instance of the worker, by that version where one is given. */
function hostsWith(all: readonly Instance[], worker: string, version?: string): number[] {
  const wanted = all.filter((each) => each.worker === worker && each.state === 'open')
  return wanted.filter((each) => version === undefined || each.version === version).map(({ host }) => host)
}

interface WarmedOptions {
  readonly hosts: number
  readonly worker: string
  readonly version?: string
}

/** Resolves with all instances once the worker has one in that many hosts. */
function warmed(fleet: TestFleet, { hosts, worker, version }: WarmedOptions): Promise<readonly Instance[]> {
  return eventually(
    () => instances(fleet),
    (all) => new Set(hostsWith(all, worker, version)).size === hosts,
  )
}

test('after a start with what was stored', async () => {
  using data = tmpDir()
  {
    await using before = await startFleet(['--data', data.path])
    // The first in the table.
    await before.deploy(COLD, answering('cold'))
    await before.deploy(WARM, answering('warm'), READY)
  }
  await using fleet = await startFleet(['--data', data.path])
  const all = await warmed(fleet, { worker: 'warm', hosts: 1 })
  assert.deepEqual(hostsWith(all, 'cold'), [])
  assert.equal((await fleet.get(WARM)).text, 'warm')
})

test('in a host that has taken the place of another', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WARM, answering('warm'), READY)
  const [first] = hostsWith(await warmed(fleet, { worker: 'warm', hosts: 1 }), 'warm')
  kill((await fleet.admin.hosts()).find(({ id }) => id === first))
  await eventually(
    () => instances(fleet),
    (all) => hostsWith(all, 'warm').some((host) => host !== first),
  )
})

test('in all hosts of its tier after a deploy, and after the next', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  await fleet.deploy(WARM, answering('one'), { ...READY, id: 'one' })
  await warmed(fleet, { worker: 'warm', version: 'one', hosts: 2 })
  await fleet.deploy(WARM, answering('two'), { ...READY, id: 'two' })
  await warmed(fleet, { worker: 'warm', version: 'two', hosts: 2 })
  // The probation host has none of it.
  const tiers = (await instances(fleet)).map(({ tier }) => tier)
  assert.deepEqual([...new Set(tiers)], ['main'])
})

test('a version that takes a share of the requests as well', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  await fleet.deploy(WARM, answering('one'), { id: 'one' })
  await fleet.deploy(WARM, answering('two'), { ...READY, id: 'two', percent: 1 })
  await warmed(fleet, { worker: 'warm', version: 'two', hosts: 2 })
  // It was tried out in one of them.
  assert.ok(hostsWith(await instances(fleet), 'warm', 'one').length <= 1)
})

test('in the main hosts once its tenant has left probation', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  const worker = { tenant: 'newcomer', worker: 'shop' }
  await fleet.deploy(worker, answering('shop'), READY)
  await warmed(fleet, { worker: 'shop', hosts: 1 })
  await fleet.admin.vouch(worker.tenant)
  // The probation host keeps what it has for those who are still to be answered there.
  await eventually(
    () => instances(fleet),
    (all) => all.filter(({ tier, worker: name }) => tier === 'main' && name === 'shop').length === 2,
  )
})

test('one that cannot be loaded says so to its first task, and holds up nobody', async () => {
  await using fleet = await startFleet()
  const broken = { tenant: 'default', worker: 'broken' }
  await fleet.deploy(broken, 'throw new Error("no config")', { ...READY, start: 'on-demand' })
  await fleet.deploy(WARM, answering('warm'), { ...READY, start: 'on-demand' })
  await warmed(fleet, { worker: 'warm', hosts: 1 })
  assert.match((await fleet.get(broken)).text, /LOAD_FAILED/)
})

test('not one that is held back', async () => {
  await using fleet = await startFleet()
  const stuck = { tenant: 'newcomer', worker: 'stuck' }
  const source = `export default {
    fetch: (request) => {
      if (request.url.endsWith('/stuck')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
      return new Response('well')
    },
  }`
  await fleet.deploy(stuck, source, READY)
  await fleet.deploy({ tenant: 'newcomer', worker: 'warm' }, answering('warm'), READY)
  const [first] = hostsWith(await warmed(fleet, { worker: 'stuck', hosts: 1 }), 'stuck')
  assert.equal((await fleet.get(stuck, '/stuck')).status, 503)
  // The other one comes later in the table.
  const all = await eventually(
    () => instances(fleet),
    (now) => hostsWith(now, 'warm').some((host) => host !== first),
  )
  assert.deepEqual(hostsWith(all, 'stuck'), [])
})

test('as a project says', async () => {
  using project = tmpDir({
    'isopod.jsonc': '{ "name": "warm", "main": "index.js", "min_warm": 1 }',
    'index.js': answering('warm'),
  })
  await using fleet = await startFleet([], { hosts: 2 })
  const env = { ISOPOD_SERVER: `http://127.0.0.1:${fleet.serve.adminPort}` }
  const { code, stderr } = await runCli(['deploy'], { cwd: project.path, env })
  assert.equal(code, 0, stderr)
  await warmed(fleet, { worker: 'warm', hosts: 2 })
})
