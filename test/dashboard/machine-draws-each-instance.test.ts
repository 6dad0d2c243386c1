import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'

const WORKERS = ['shop', 'blog', 'mail'].map((worker) => ({ tenant: 'default', worker }))
const OTHER = { tenant: 'newcomer', worker: 'lab' }

test('the machine page has a cell for each instance, told by its worker, and shows who comes and goes', async (t) => {
  await using fleet = await startFleet()
  for (const worker of [...WORKERS, OTHER]) {
    await fleet.deploy(worker, answering('here'))
    assert.equal((await fleet.get(worker)).text, 'here')
  }
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  const pool = page.getByRole('region', { name: 'Pool' })
  const cells = pool.getByRole('listbox').getByRole('option')
  for (const { tenant, worker } of [...WORKERS, OTHER]) {
    await pool.getByRole('option', { name: `${tenant}/${worker}, version` }).waitFor()
  }
  assert.equal(await cells.count(), 4)

  await t.test('a filter leaves those of a tenant, or of a host', async () => {
    await pool.getByLabel('Tenant', { exact: true }).selectOption('newcomer')
    await eventually(
      () => cells.count(),
      (count) => count === 1,
    )
    await pool.getByRole('option', { name: 'newcomer/lab' }).waitFor()
    const main = (await fleet.admin.hosts()).find(({ tier }) => tier === 'main')
    await pool.getByLabel('Host', { exact: true }).selectOption(String(main?.id))
    await pool.getByText('None of the instances is of these.').waitFor()
    await pool.getByLabel('Tenant', { exact: true }).selectOption('default')
    await eventually(
      () => cells.count(),
      (count) => count === 3,
    )
    await pool.getByLabel('Tenant', { exact: true }).selectOption('')
    await pool.getByLabel('Host', { exact: true }).selectOption('')
  })

  await t.test('arrow keys go through the cells, and what they come to is told', async () => {
    const list = pool.getByRole('listbox', { name: 'Instances' })
    await list.focus()
    await page.keyboard.press('End')
    const last = list.getByRole('option', { selected: true })
    const name = (await last.getAttribute('aria-label'))?.split(',')[0] ?? ''
    await pool.locator('.pool-looked-at').filter({ hasText: name }).waitFor()
    assert.equal(await list.getAttribute('aria-activedescendant'), await last.getAttribute('id'))
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    assert.equal(await list.getByRole('option', { selected: true }).count(), 1)
    await tab.screenshot('machine-cells')
  })

  await t.test('a table has the same', async () => {
    await pool.getByLabel('View', { exact: true }).selectOption('table')
    const table = pool.getByRole('table', { name: 'Instances' })
    await table.getByRole('rowheader', { name: 'default/shop' }).waitFor()
    assert.equal(await table.getByRole('rowheader').count(), 4)
    await pool.getByLabel('View', { exact: true }).selectOption('drawing')
  })

  await t.test('a new instance is told as created, and one that left with its cause', async () => {
    const happenings = pool.getByRole('list', { name: 'Came and went' }).getByRole('listitem')
    await fleet.deploy({ tenant: 'default', worker: 'late' }, answering('late'))
    await fleet.get({ tenant: 'default', worker: 'late' })
    await happenings.filter({ hasText: 'created default/late' }).waitFor()
    await fleet.admin.remove({ tenant: 'default', worker: 'shop' })
    await happenings.filter({ hasText: /left default\/shop on host \d+: replaced/ }).waitFor()
    await eventually(
      () => cells.count(),
      (count) => count === 4,
    )
  })
  assert.deepEqual(problems, [])
})

test('an instance that made room for another is told as evicted', async (t) => {
  await using fleet = await startFleet(['--pool-size', '2'])
  const [shop, blog, mail] = WORKERS
  assert.ok(shop !== undefined && blog !== undefined && mail !== undefined)
  for (const worker of WORKERS) await fleet.deploy(worker, answering('here'), { start: 'on-demand' })
  for (const worker of [shop, blog]) await fleet.get(worker)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page
    .getByRole('option', { name: 'default/shop' })
    .or(page.getByRole('option', { name: 'default/blog' }))
    .first()
    .waitFor()
  for (const worker of [mail, shop, blog]) await fleet.get(worker)
  const happenings = page.getByRole('list', { name: 'Came and went' }).getByRole('listitem')
  await happenings.filter({ hasText: 'evicted to make room' }).first().waitFor()
  assert.deepEqual(problems, [])
})
