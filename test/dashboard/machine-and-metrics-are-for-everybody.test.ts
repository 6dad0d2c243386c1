import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seriousViolations } from '../support/accessibility.ts'
import { openDashboard } from '../support/browser.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'
import { burst, setQuota } from '../support/quotas.ts'

const TENANTS = ['default', 'acme', 'zebra']
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'phone', colorScheme: 'light', width: 390 },
] as const

test('machine and metrics can be read in light and dark, on a phone, and by those who do not see them', async (t) => {
  await using fleet = await startFleet()
  for (const tenant of TENANTS) {
    const worker = { tenant, worker: 'shop' }
    await fleet.deploy(worker, answering('here'))
    if (tenant === 'acme') await setQuota(fleet, tenant, { requestsPerSecond: 3 })
    await burst(fleet, worker, 20)
  }
  kill((await fleet.admin.hosts()).find(({ tier }) => tier === 'main'))
  for (const { colorScheme, name, width } of LOOKS) {
    await t.test(name, async (look) => {
      await using tab = await openDashboard(look, fleet.serve.adminPort, { colorScheme, width, hash: '#/machine' })
      if (tab === undefined) return
      const { page, problems } = tab
      const isReadable = async (title: string): Promise<void> => {
        assert.deepEqual(await seriousViolations(page), [])
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
        await tab.screenshot(`${title}-${name}`)
      }
      await page.getByRole('option', { name: 'acme/shop' }).waitFor()
      await page.getByText('Died: killed 1').waitFor()
      await page.getByRole('region', { name: 'Incidents' }).getByRole('listitem').waitFor()
      await isReadable('machine')
      await page.getByLabel('View').selectOption('table')
      await page.getByRole('table', { name: 'Instances' }).waitFor()
      await isReadable('machine-table')
      await page.getByRole('link', { name: 'Metrics' }).click()
      await page.getByRole('table', { name: 'Request rate: figures' }).waitFor()
      await page.getByRole('table', { name: 'Refusals by cause' }).waitFor()
      await isReadable('metrics')
      assert.deepEqual(problems, [])
    })
  }
})
