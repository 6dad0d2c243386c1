import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const SOURCE = `export default {
  fetch(request) {
    const { pathname } = new URL(request.url)
    console.log('asked for', pathname)
    if (pathname === '/bad') throw new TypeError('that was bad')
    return new Response('ok', { status: 201 })
  },
}`

test('the live tail shows a request as it happens, with status and logs; it is paused and filtered', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, SOURCE)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/tail' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByText('Connected.').waitFor()
  const tasks = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
  await fleet.get(APP, '/hello')
  await tasks.first().waitFor()
  const text = await tasks.first().innerText()
  for (const part of ['ok', '201', '/hello', 'asked for /hello']) assert.ok(text.includes(part), text)

  await page.getByRole('button', { name: 'Pause' }).click()
  await fleet.get(APP, '/bad')
  await page.getByRole('button', { name: 'Go on (1 new)' }).waitFor()
  assert.equal(await tasks.count(), 1)
  await page.getByRole('button', { name: 'Go on (1 new)' }).click()
  await tasks.filter({ hasText: 'that was bad' }).waitFor()

  await page.getByLabel('Filter by text').fill('HELLO')
  await tasks.filter({ hasText: 'that was bad' }).waitFor({ state: 'detached' })
  assert.equal(await tasks.count(), 1)
  await page.getByLabel('Filter by text').fill('')
  await page.getByLabel('Tasks', { exact: true }).and(page.locator('select')).selectOption('not ok')
  await tasks.filter({ hasText: '/hello' }).waitFor({ state: 'detached' })
  assert.match(await tasks.innerText(), /exception[^]*that was bad/)
  assert.deepEqual(problems, [])
})
