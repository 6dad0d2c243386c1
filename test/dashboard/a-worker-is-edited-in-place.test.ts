import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const SOURCE = "export default { fetch: (request, env) => new Response(env.GREETING + ' one') }"

test('the source of a worker of one module is edited on the page; a mistake is told with its place', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, SOURCE, { id: 'first', env: { GREETING: 'hello' } })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/source' })
  if (tab === undefined) return
  const { page, problems } = tab
  const editor = page.getByRole('textbox', { name: 'index.js' })
  const deploy = page.getByRole('button', { name: 'Deploy the change' })
  await editor.waitFor()
  assert.equal(await editor.innerText(), SOURCE)
  assert.ok(await deploy.isDisabled())

  await editor.fill('export default {')
  await deploy.click()
  await page.getByRole('alert').filter({ hasText: 'index.js:1:17' }).waitFor()
  assert.equal((await fleet.get(APP)).text, 'hello one')

  await editor.fill(SOURCE.replace('one', 'two'))
  await page.getByLabel('Why').fill('two is more')
  await deploy.click()
  await page.getByText('answers 100 %').filter({ hasNotText: 'first' }).waitFor()
  assert.equal((await fleet.get(APP)).text, 'hello two')
  await page.getByRole('link', { name: 'Versions' }).click()
  await page.getByRole('region', { name: 'Versions' }).getByText('two is more').waitFor()
  assert.deepEqual(problems, [])
})

test('what somebody has typed stays when another version is deployed meanwhile', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, SOURCE, { id: 'first' })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/source' })
  if (tab === undefined) return
  const { page } = tab
  const editor = page.getByRole('textbox', { name: 'index.js' })
  await editor.fill('// half a thought')
  await fleet.deploy(APP, SOURCE, { id: 'second' })
  await page.getByText('second answers now.').waitFor()
  assert.equal(await editor.innerText(), '// half a thought')
  await page.getByRole('button', { name: 'Show second' }).click()
  await page.getByRole('heading', { name: 'Source of second' }).waitFor()
  await editor.filter({ hasText: 'one' }).waitFor()
})
