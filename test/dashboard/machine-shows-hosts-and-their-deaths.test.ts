import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { kill, startFleet } from '../support/fleet.ts'

test('the machine page shows every host with its tier, and a death as an incident and a restart', async (t) => {
  await using fleet = await startFleet()
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  const rows = page.getByRole('table', { name: 'Host processes' }).getByRole('row')
  for (const tier of ['main', 'probation']) {
    const row = rows.filter({ has: page.getByRole('cell', { name: tier, exact: true }) })
    await row.filter({ has: page.getByRole('cell', { name: 'serving', exact: true }) }).waitFor()
  }
  await page.getByText('No host has died.').waitFor()

  const killed = (await fleet.admin.hosts()).find(({ tier }) => tier === 'main')
  kill(killed)
  const incidents = page.getByRole('region', { name: 'Incidents' }).getByRole('listitem')
  await incidents.filter({ hasText: `pid ${killed?.pid}` }).waitFor()
  assert.match((await incidents.first().textContent()) ?? '', /killed.*main.*SIGKILL/)
  const restarted = rows
    .filter({ has: page.getByRole('cell', { name: 'main', exact: true }) })
    .filter({ has: page.getByRole('cell', { name: 'serving', exact: true }) })
  await restarted.getByRole('cell').last().filter({ hasText: /^1$/ }).waitFor()
  await page.getByText('Died: killed 1').waitFor()
  assert.deepEqual(problems, [])
})
