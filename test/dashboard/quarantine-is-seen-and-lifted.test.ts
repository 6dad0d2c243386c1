import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'newcomer', worker: 'stuck' }
const SOURCE = `export default {
  fetch(request) {
    if (request.url.endsWith('/stuck')) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
    return new Response('well')
  },
}`

test('a worker that took its host down is listed with the reason, and let go from the page', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, SOURCE)
  // The second time it is held for longer: nobody has to hurry.
  assert.equal((await fleet.get(WORKER, '/stuck')).status, 503)
  await eventually(
    () => fleet.admin.quarantine(),
    (list) => list.length > 0,
  )
  await fleet.deploy(WORKER, `${SOURCE} // better`)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  const quarantine = page.getByRole('region', { name: 'Quarantine' })
  await quarantine.getByText('Nobody is held back.').waitFor()

  assert.equal((await fleet.get(WORKER, '/stuck')).status, 503)
  const held = quarantine.getByRole('listitem').filter({ hasText: 'newcomer/stuck' })
  await held.waitFor()
  assert.match((await held.textContent()) ?? '', /strike 2.*V8 cannot interrupt/)
  const incident = page.getByRole('region', { name: 'Incidents' }).getByRole('listitem')
  await incident.filter({ hasText: 'Blamed: newcomer/stuck' }).nth(1).waitFor()
  await tab.screenshot('machine-quarantine')

  const lift = held.getByRole('button', { name: 'Lift quarantine of newcomer/stuck' })
  await lift.click()
  await held.getByRole('button', { name: 'Keep' }).click()
  assert.equal((await fleet.admin.quarantine()).length, 1)
  await lift.click()
  await held.getByRole('button', { name: 'Let go' }).click()
  await quarantine.getByText('Nobody is held back.').waitFor()
  assert.deepEqual(await fleet.admin.quarantine(), [])
  assert.deepEqual(problems, [])
})
