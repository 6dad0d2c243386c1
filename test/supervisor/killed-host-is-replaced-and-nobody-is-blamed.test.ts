import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'

const WORKERS = [
  { tenant: 'default', worker: 'trusted' },
  { tenant: 'newcomer', worker: 'shop' },
]

for (const tier of ['main', 'probation'] as const) {
  test(`a ${tier} host that is killed from outside is replaced, and its workers are not held back`, async () => {
    await using fleet = await startFleet()
    for (const worker of WORKERS) await fleet.deploy(worker, answering('here'))
    for (const worker of WORKERS) assert.equal((await fleet.get(worker)).text, 'here')
    const killed = (await fleet.admin.hosts()).find((host) => host.tier === tier)
    kill(killed)
    await eventually(
      () => fleet.admin.hosts(),
      (hosts) => hosts.some((host) => host.tier === tier && host.state === 'serving' && host.pid !== killed?.pid),
    )
    for (const worker of WORKERS) assert.equal((await fleet.get(worker)).text, 'here')
    const [incident, ...others] = await fleet.admin.incidents()
    assert.deepEqual(others, [])
    assert.equal(incident?.cause, 'killed')
    assert.equal(incident?.pid, killed?.pid)
    assert.equal(incident?.culprit, null)
    assert.deepEqual(incident?.suspects, [])
    assert.deepEqual(await fleet.admin.quarantine(), [])
    assert.equal((await fleet.admin.tenants()).find(({ tenant }) => tenant === 'default')?.tier, 'main')
  })
}
