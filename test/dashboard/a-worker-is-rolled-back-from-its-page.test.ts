import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }

test('a version is rolled back to from the page, after a question, and then answers', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, answering('one'), { id: 'first', message: 'the first of all' })
  await fleet.deploy(APP, answering('two'), { id: 'second' })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByText('second answers 100 %').waitFor()
  const first = page.getByRole('region', { name: 'Versions' }).getByRole('row').filter({ hasText: 'the first of all' })
  assert.match(await first.innerText(), /loopback/)

  await first.getByRole('button', { name: 'Roll back to first' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  assert.equal((await fleet.get(APP)).text, 'two')

  await first.getByRole('button', { name: 'Roll back to first' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByText('first answers 100 %').waitFor()
  assert.equal((await fleet.get(APP)).text, 'one')
  await page.getByRole('region', { name: 'Deployments' }).getByText('from the dashboard, instead of second').waitFor()
  assert.deepEqual(problems, [])
})
