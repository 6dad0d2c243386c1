import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Quarantined } from '../../conformance/support/admin-client.ts'
import { eventually } from '../support/cli.ts'
import { startFleet, type TestFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'newcomer', worker: 'stuck' }
const SOURCE = `export default {
  fetch(request) {
    if (request.url.endsWith('/stuck')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
    return new Response('well')
  },
}`

/** Takes its host down; resolves when it is held back. */
async function strike(fleet: TestFleet): Promise<Quarantined> {
  assert.equal((await fleet.get(WORKER, '/stuck')).status, 503)
  const [held] = await eventually(
    () => fleet.admin.quarantine(),
    (list) => list.length > 0,
  )
  assert.ok(held !== undefined)
  return held
}

test('a worker that took its host down is held back: for longer each time, until a new version, or an operator', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, SOURCE)
  const first = await strike(fleet)
  assert.equal(first.strikes, 1)
  assert.match(first.reason, /V8 cannot interrupt/)
  const refused = await fleet.get(WORKER)
  assert.equal(refused.status, 503)
  assert.match(refused.text, /QUARANTINED/)
  assert.match(refused.text, /V8 cannot interrupt/)
  assert.ok(Number(refused.headers['retry-after']) >= 1)

  await fleet.deploy(WORKER, `${SOURCE} // better`)
  assert.equal((await fleet.get(WORKER)).text, 'well')
  const second = await strike(fleet)
  assert.equal(second.strikes, 2)
  assert.ok(second.until - Date.now() > 20_000, 'the second time is longer than the first')

  await fleet.admin.lift(WORKER)
  assert.equal((await fleet.get(WORKER)).text, 'well')
  assert.deepEqual(await fleet.admin.quarantine(), [])
  assert.equal((await strike(fleet)).strikes, 1)
})
