import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { createClient } from '../../src/client/client.ts'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

const ADMIN = 'a-token-of-enough-characters-1234567890'
const TRAFFIC = [
  { tenant: 'acme', requests: 3 },
  { tenant: 'zebra', requests: 5 },
]

test('with the token of a tenant, machine and metrics show what is its own, and say so', async (t) => {
  await using fleet = await startFleet(['--require-token'], { env: { ISOPOD_ADMIN_TOKEN: ADMIN } })
  const client = createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}`, token: ADMIN })
  const { secret } = await client.createToken({ role: 'deployer', tenant: 'acme', label: 'a test' })
  for (const { requests, tenant } of TRAFFIC) {
    const worker = { tenant, worker: 'shop' }
    await client.deploy(worker, { bundle: bundleSource(answering('here')) })
    for (let sent = 0; sent < requests; sent++) assert.equal((await fleet.get(worker)).text, 'here')
  }
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByLabel('Token').fill(secret)
  await page.keyboard.press('Enter')
  await page.getByText('Hosts and their pools are shown to admins.').waitFor()
  await page.getByRole('region', { name: 'Incidents' }).getByText('No host has died.').waitFor()
  await page.getByText('Nobody is held back.').waitFor()
  assert.equal(await page.getByRole('region', { name: 'Pool' }).count(), 0)

  await page.getByRole('link', { name: 'Metrics' }).click()
  await page.getByText('these are the figures of its own workers').waitFor()
  const tasks = page.getByRole('region', { name: 'Totals' }).locator('.stat').filter({ hasText: 'Tasks' })
  await tasks.filter({ hasText: /^Tasks3$/ }).waitFor()
  await page.getByRole('table', { name: 'CPU by tenant, of one core: figures' }).waitFor()
  assert.equal(await page.getByRole('main').getByText('zebra').count(), 0)
  assert.deepEqual(problems, [])
})
