import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const TOKEN = 'a-token-of-enough-characters-1234567890'

test('where the admin port wants a token, the dashboard does, and keeps it for the tab', async (t) => {
  await using fleet = await startFleet(['--require-token'], { env: { ISOPOD_ADMIN_TOKEN: TOKEN } })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByLabel('Token').fill('not the one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'not known' }).waitFor()
  await page.getByLabel('Token').fill(TOKEN)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Machine' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Machine' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('Token').waitFor()
  assert.deepEqual(problems, [])
})
