import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

test('routes are edited on the page, a refusal is shown, and what was saved leads to the worker', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy({ tenant: 'acme', worker: 'app' }, answering('here'))
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/routes' })
  if (tab === undefined) return
  const { page, problems } = tab
  const patterns = page.getByLabel('Patterns, one a line')
  await patterns.fill('shop.example/api/*\nhttps://no pattern')
  await page.getByRole('button', { name: 'Save routes' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByText('No other host name leads here.').waitFor()

  await patterns.fill('shop.example/api/*\n\n  www.shop.example  ')
  await page.getByRole('button', { name: 'Save routes' }).click()
  const shown = page.getByRole('list', { name: 'Routes of the worker' }).getByRole('listitem')
  await shown.first().waitFor()
  assert.deepEqual(await shown.allInnerTexts(), ['shop.example/api/*', 'www.shop.example/*'])
  const answer = await fleet.serve.get('app', '/api/prices', { host: 'shop.example' })
  assert.equal(answer.text, 'here')
  assert.deepEqual(problems, [])
})
