import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createClient } from '../../src/client/client.ts'
import { seriousViolations } from '../support/accessibility.ts'
import { openDashboard, type TabOptions } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const SOURCE = `export default {
  async scheduled() {},
  fetch(request) {
    console.log('hello')
    if (request.url.endsWith('/bad')) throw new Error('that was bad')
    return new Response('ok')
  },
}`

/** Part → something of it that is there once it is drawn. */
const PARTS = {
  versions: 'Deployments',
  tail: 'that was bad',
  source: 'Source of',
  settings: 'Deploy with these',
  bindings: 'CACHE',
  secrets: 'API_KEY',
  routes: 'shop.example/*',
  schedules: '0 0 1 1 *',
} as const

async function look(t: TestContext, { name, ...options }: TabOptions & { readonly name: string }): Promise<void> {
  await using fleet = await startFleet()
  await fleet.deploy(APP, SOURCE, { bindings: { CACHE: { type: 'kv', namespace: 'cache' } }, message: 'first' })
  await fleet.deploy(APP, SOURCE, { bindings: { CACHE: { type: 'kv', namespace: 'cache' } }, message: 'second' })
  const client = createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}` })
  await client.setSecret({ ...APP, name: 'API_KEY' }, { value: 'hidden' })
  await client.setRoutes(APP, { routes: ['shop.example/*'] })
  await client.setSchedules(APP, { schedules: [{ cron: '0 0 1 1 *' }] })
  await client.runSchedule(APP)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { ...options, hash: '#/workers' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByRole('link', { name: 'app' }).waitFor()
  await page.getByText('0.00/s').first().waitFor()
  for (let i = 0; i < 30; i += 1) await fleet.get(APP)
  await page.getByRole('cell', { name: '31', exact: true }).waitFor()
  assert.deepEqual(await seriousViolations(page), [], 'the list')
  await tab.screenshot(`workers-${name}`)
  await page.getByRole('link', { name: 'app' }).click()
  for (const [part, mark] of Object.entries(PARTS)) {
    await page.evaluate(`location.hash = '#/workers/acme/app/${part}'`)
    if (part === 'tail') {
      await page.getByText('Connected.').waitFor()
      await fleet.get(APP, '/bad')
    }
    await page.getByText(mark).first().waitFor()
    assert.deepEqual(await seriousViolations(page), [], part)
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
    assert.ok(overflow <= 0, `${part} is ${overflow} pixels wider than the page`)
    await tab.screenshot(`worker-${part}-${name}`)
  }
  assert.deepEqual(problems, [])
}

test('axe finds nothing serious on the pages of workers in light colours', (t) => look(t, { name: 'light' }))
test('axe finds nothing serious on the pages of workers in dark colours', (t) =>
  look(t, { name: 'dark', colorScheme: 'dark' }))
test('the pages of workers fit a phone', (t) => look(t, { name: 'phone', width: 390, height: 844 }))
