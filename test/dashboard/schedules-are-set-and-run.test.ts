import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const SOURCE = `export default {
  scheduled(event) {
    if (event.cron === '0 4 * * *') throw new Error('not at four')
  },
}`

test('a schedule is set on the page, run at once, and its run is in the history', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy({ tenant: 'acme', worker: 'app' }, SOURCE)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/schedules' })
  if (tab === undefined) return
  const { page, problems } = tab
  for (const cron of ['0 3 * * *', '0 4 * * *']) {
    await page.getByLabel('Cron expression').fill(cron)
    await page.getByRole('button', { name: 'Add schedule' }).click()
    await page.getByRole('rowheader', { name: cron }).waitFor()
  }
  await page.getByRole('button', { name: 'Run now: 0 3 * * *' }).click()
  const runs = page.getByRole('region', { name: 'Runs' }).getByRole('row')
  assert.match(await textOf(runs.filter({ hasText: '0 3 * * *' })), /ok/)
  await page.getByRole('button', { name: 'Run now: 0 4 * * *' }).click()
  assert.match(await textOf(runs.filter({ hasText: '0 4 * * *' })), /exception[^]*not at four/)

  await page.getByRole('button', { name: 'Remove 0 4 * * *' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('rowheader', { name: '0 4 * * *' }).waitFor({ state: 'detached' })
  await page.getByRole('rowheader', { name: '0 3 * * *' }).waitFor()
  assert.deepEqual(problems, [])
})

async function textOf(row: { waitFor(): Promise<void>; innerText(): Promise<string> }): Promise<string> {
  await row.waitFor()
  return row.innerText()
}
