// A host that has evicted the last instance of a worker with secrets holds these no more: it has to ask control for them again.
// Unless it is to have the worker ready at any time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { callApi } from '../support/admin-api.ts'
import { answering, kill, startFleet, type TestFleet } from '../support/fleet.ts'

const SECRET_WORKER = 'export default { fetch: (request, env) => new Response(env.KEY) }'

test('evicted with what they were given to', async () => {
  // Half of the places are for the main host: one.
  await using fleet = await startFleet(['--pool-size', '2', '--wall-ms', '1500'])
  const at = (worker: string): ReturnType<typeof fleet.get> => fleet.get({ tenant: 'default', worker })
  await fleet.deploy({ tenant: 'default', worker: 'secretive' }, SECRET_WORKER)
  await fleet.deploy({ tenant: 'default', worker: 'plain' }, answering('plain'))
  await callApi(fleet.serve.adminPort, 'PUT /api/workers/default/secretive/secrets/KEY', { value: 'hush' })
  assert.equal((await at('secretive')).text, 'hush')
  assert.equal((await at('plain')).text, 'plain')
  // Control gives them again.
  assert.equal((await at('secretive')).text, 'hush')
  assert.equal((await at('plain')).text, 'plain')

  // A control that does not go on gives nothing: what is still answered is what the host has kept.
  await withoutControl(fleet, async () => {
    const refused = await at('secretive')
    assert.equal(refused.status, 503)
    assert.match(refused.text, /VERSION_UNAVAILABLE/)
    assert.equal((await at('plain')).text, 'plain')
  })
})

test('not with those of a worker that is kept ready', async () => {
  await using fleet = await startFleet(['--pool-size', '2', '--wall-ms', '1500'])
  const at = (worker: string): ReturnType<typeof fleet.get> => fleet.get({ tenant: 'default', worker })
  await fleet.deploy({ tenant: 'default', worker: 'secretive' }, SECRET_WORKER, { minWarm: 1 })
  await fleet.deploy({ tenant: 'default', worker: 'plain' }, answering('plain'))
  await callApi(fleet.serve.adminPort, 'PUT /api/workers/default/secretive/secrets/KEY', { value: 'hush' })
  assert.equal((await at('secretive')).text, 'hush')
  assert.equal((await at('plain')).text, 'plain')
  await withoutControl(fleet, async () => assert.equal((await at('secretive')).text, 'hush'))
})

async function withoutControl(fleet: TestFleet, look: () => Promise<void>): Promise<void> {
  const control = familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js'))
  kill(control, 'SIGSTOP')
  try {
    await look()
  } finally {
    kill(control, 'SIGCONT')
  }
}
