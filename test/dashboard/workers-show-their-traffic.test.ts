import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

const SHOP = { tenant: 'acme', worker: 'shop' }
const QUIET = { tenant: 'zebra', worker: 'quiet' }

test('the list of workers shows what was asked of each, the busiest first, and is filtered by text', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(
    SHOP,
    `export default { fetch: (request) => { if (request.url.endsWith('/bad')) throw new Error('no'); return new Response('ok') } }`,
  )
  await fleet.deploy(QUIET, answering('hush'))
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers' })
  if (tab === undefined) return
  const { page, problems } = tab
  const rows = page.getByRole('region', { name: 'Live workers' }).getByRole('row')
  const shop = rows.filter({ hasText: 'shop' })
  // A rate has to have something it begins with.
  await shop.getByText('0.00/s').waitFor()
  for (let i = 0; i < 20; i += 1) await fleet.get(SHOP, i === 0 ? '/bad' : '/')
  await shop.getByRole('cell', { name: '20', exact: true }).waitFor()
  await shop.getByText('1 (5.0 %)').waitFor()
  assert.match(await shop.innerText(), /acme\s+[\d.]*[1-9][\d.]*\/s/)
  assert.match(await rows.nth(1).innerText(), /shop/)
  assert.match(await rows.nth(2).innerText(), /quiet\s+zebra\s+0\.00\/s/)

  await page.getByLabel('Filter by tenant or name').fill('ZEB')
  await shop.waitFor({ state: 'detached' })
  assert.equal(await rows.count(), 2)
  await page.getByRole('link', { name: 'quiet' }).click()
  await page.getByRole('heading', { level: 1, name: 'quiet' }).waitFor()
  assert.deepEqual(problems, [])
})
