import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { burst, setQuota } from '../support/quotas.ts'

const WORKER = { tenant: 'default', worker: 'shop' }

test('the metrics page says that nothing was asked, and has figures of what was', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, answering('here'))
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/metrics/5' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByText('No worker was asked for anything in the last 5 minutes.').waitFor()
  await page.getByText('No task was refused.').waitFor()
  await tab.screenshot('metrics-empty')

  await setQuota(fleet, WORKER.tenant, { requestsPerSecond: 5 })
  const { accepted, refused } = await burst(fleet, WORKER, 40)
  const refusals = page.getByRole('table', { name: 'Refusals by cause' })
  await refusals.getByRole('row', { name: `QUOTA_EXCEEDED ${refused.length}` }).waitFor()

  const figures = (title: string) => page.getByRole('table', { name: `${title}: figures` })
  const highest = async (title: string, line: string): Promise<string> => {
    const row = figures(title)
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: line, exact: true }) })
    return (await row.getByRole('cell').last().textContent()) ?? ''
  }
  await figures('Request rate').waitFor()
  // What was asked may lie in two points.
  assert.match(await highest('Request rate', 'tasks'), /^[0-4]\.\d\/s$/)
  assert.notEqual(await highest('Request rate', 'tasks'), '0.0/s')
  assert.ok(accepted.length > 0)
  assert.match(await highest('Outcomes', 'ok'), /^\d\.\d\/s$/)
  assert.match(await highest('Outcomes', 'quotaExceeded'), /^\d\.\d\/s$/)
  for (const line of ['p50', 'p90', 'p99']) assert.match(await highest('Latency', line), /^[\d.]+ m?s$/)
  assert.match(await highest('CPU by tenant, of one core', 'default'), /^[\d.]+ %$/)
  assert.match(await highest('Memory by tenant', 'default'), /^[\d.]+ [KM]iB$/)

  await page.getByRole('link', { name: '1 h' }).click()
  await page.getByRole('link', { name: '1 h' }).and(page.locator('[aria-current]')).waitFor()
  assert.equal(new URL(page.url()).hash, '#/metrics/60')
  await figures('Latency').waitFor()
  assert.deepEqual(problems, [])
})
