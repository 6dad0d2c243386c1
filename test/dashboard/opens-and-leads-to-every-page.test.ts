import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

test('the admin port shows the dashboard, which asks nothing of other machines and leads to every page', async (t) => {
  await using fleet = await startFleet()
  await using tab = await openDashboard(t, fleet.serve.adminPort)
  if (tab === undefined) return
  const { page, problems } = tab
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
  await links.first().waitFor()
  for (const title of ['Playground', 'Executions', 'Workers', 'Machine', 'Metrics']) {
    await links.filter({ hasText: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    assert.equal(await page.title(), `${title} · Isopod`)
  }
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Machine' }).waitFor()
  assert.deepEqual(problems, [])
})
