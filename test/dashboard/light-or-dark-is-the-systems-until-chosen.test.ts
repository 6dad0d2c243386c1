import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

test('light or dark is as the system says, also when it changes, until somebody chooses', async (t) => {
  await using fleet = await startFleet()
  await using tab = await openDashboard(t, fleet.serve.adminPort)
  if (tab === undefined) return
  const { page } = tab
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const button = (other: string) => page.getByRole('button', { name: `Change to ${other} colours` })
  await button('dark').waitFor()
  const light = await background()
  await page.emulateMedia({ colorScheme: 'dark' })
  await button('light').waitFor()
  const dark = await background()
  assert.notEqual(dark, light)
  await button('light').click()
  await button('dark').waitFor()
  assert.equal(await background(), light)
  await page.reload()
  await button('dark').waitFor()
  assert.equal(await background(), light)
})
