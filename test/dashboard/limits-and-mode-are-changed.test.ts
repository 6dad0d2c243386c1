import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../../src/client/client.ts'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }

test('limits and mode are changed on the page by a version that is like the one before in all else', async (t) => {
  await using fleet = await startFleet()
  await fleet.deploy(APP, 'export default { fetch: (request, env) => new Response(env.GREETING) }', {
    id: 'first',
    env: { GREETING: 'hello' },
    limits: { cpuMs: 80, heapMb: 30 },
  })
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/workers/acme/app/settings' })
  if (tab === undefined) return
  const { page, problems } = tab
  await page.getByLabel('cpuMs', { exact: true }).fill('50')
  await page.getByLabel('heapMb').fill('')
  await page.getByLabel('Mode').selectOption('pool')
  await page.getByLabel('Why').fill('less is more')
  await page.getByRole('button', { name: 'Deploy with these' }).click()
  await page.getByText('answers all requests, on every host.').waitFor()

  const client = createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}` })
  const { version } = await client.worker(APP)
  const { limits, message, mode, values } = await client.version({ ...APP, version })
  assert.deepEqual(
    { limits, message, mode, values },
    {
      limits: { cpuMs: 50 },
      message: 'less is more',
      mode: 'pool',
      values: ['GREETING'],
    },
  )
  assert.equal((await fleet.get(APP)).text, 'hello')

  await page.getByLabel('cpuMs', { exact: true }).fill('999999')
  await page.getByRole('button', { name: 'Deploy with these' }).click()
  await page.getByRole('alert').filter({ hasText: 'cpuMs' }).waitFor()
  assert.deepEqual(problems, [])
})
