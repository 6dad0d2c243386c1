import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../../src/client/client.ts'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const PARTS = ['Versions', 'Live tail', 'Source', 'Limits and mode', 'Bindings', 'Secrets', 'Routes', 'Schedules']
/** What only changes what is seen. */
const HARMLESS = new Set(['Pause', 'Clear', 'Sign out', 'Change to dark colours'])

test('a reader sees every part of a worker, and no button that would be refused', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, answering('one'))
  await fleet.deploy(APP, answering('two'))
  const client = createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}` })
  await client.setSecret({ ...APP, name: 'KEY' }, { value: 'hidden' })
  await client.setSchedules(APP, { schedules: [{ cron: '0 0 1 1 *' }] })
  const { secret } = await client.createToken({ role: 'reader', tenant: 'acme', label: 'looks' })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.evaluate((token) => sessionStorage.setItem('isopod-token', token), secret)
  await page.reload()
  await page.getByText('This token may look, and change nothing here.').waitFor()
  for (const part of PARTS) {
    await page.getByRole('navigation', { name: 'Parts of the worker' }).getByRole('link', { name: part }).click()
    await page.getByRole('link', { name: part }).and(page.locator('[aria-current=page]')).waitFor()
    const names = await page
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((one) => one.ariaLabel ?? one.textContent))
    assert.deepEqual(
      names.filter((name) => !HARMLESS.has(name)),
      [],
      part,
    )
    assert.equal(await page.getByRole('alert').count(), 0, part)
  }
  await page.getByRole('rowheader', { name: '0 0 1 1 *' }).waitFor()
  assert.deepEqual(problems, [])
})
