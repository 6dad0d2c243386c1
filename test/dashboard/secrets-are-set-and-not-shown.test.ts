import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const VALUE = 'nobody-may-see-this'

test('a secret is set from the page: the worker has it, the page shows its name, and its value nowhere', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, 'export default { fetch: (request, env) => new Response(env.API_KEY ?? "none") }')
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/secrets' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByText('The worker has none.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('API_KEY')
  await page.getByLabel('Value', { exact: true }).fill(VALUE)
  await page.getByRole('button', { name: 'Set secret' }).click()
  await page.getByRole('rowheader', { name: 'API_KEY' }).waitFor()
  assert.equal((await fleet.get(APP)).text, VALUE)
  assert.equal(await page.getByLabel('Value', { exact: true }).inputValue(), '')
  assert.ok(!(await page.content()).includes(VALUE))

  await page.getByRole('button', { name: 'Remove API_KEY' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('The worker has none.').waitFor()
  assert.equal((await fleet.get(APP)).text, 'none')
  assert.deepEqual(problems, [])
})
