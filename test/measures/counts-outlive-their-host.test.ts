import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'
import { measuresOf, workerIn } from '../support/measures.ts'

const WORKER = { tenant: 'default', worker: 'app' }

test('what was shown before a host was killed is counted afterwards too, and no task twice', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  let sent = 0
  for (const round of [1, 2]) {
    for (let request = 0; request < 20; request++) await fleet.get(WORKER)
    sent += 20
    await eventually(
      () => measuresOf(fleet),
      (measures) => workerIn(measures, 'app')?.tasks === sent,
    )
    const killed = (await fleet.admin.hosts()).find(({ tier }) => tier === 'main')
    kill(killed)
    await eventually(
      () => fleet.admin.hosts(),
      (hosts) => hosts.some(({ pid, state, tier }) => tier === 'main' && state === 'serving' && pid !== killed?.pid),
    )
    const after = await measuresOf(fleet)
    assert.equal(workerIn(after, 'app')?.tasks, sent)
    assert.equal(after.total.tasks, sent)
    assert.equal(after.server?.deaths['killed'], round)
  }
})

test('a host that ends in order says what it counted last', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  for (let request = 0; request < 20; request++) await fleet.get(WORKER)
  await callApi(fleet.serve.adminPort, 'POST /api/reload', {})
  assert.equal(workerIn(await measuresOf(fleet), 'app')?.tasks, 20)
})
