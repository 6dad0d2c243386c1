import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { openDashboard } from '../support/browser.ts'
import { answering, startFleet } from '../support/fleet.ts'

const BUSY = { tenant: 'default', worker: 'busy' }
const SLOW = { tenant: 'default', worker: 'slow' }
const WAITS = `export default { async fetch() { await scheduler.wait(60_000); return new Response('done') } }`

test('a cell says how much its instance is used, and what it has under way', async (t) => {
  await using fleet = await startFleet([], { env: { ISOPOD_WALL_MS: '60000' } })
  await fleet.deploy(BUSY, answering('here'))
  await fleet.deploy(SLOW, WAITS)
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page, problems } = tab
  // It ends with the server.
  const underWay = fleet.get(SLOW).catch(() => undefined)
  await page
    .getByRole('option', { name: /default\/slow, .* 1 running/ })
    .filter({ hasText: '1' })
    .waitFor()

  const busy = page.getByRole('option', { name: 'default/busy' })
  await eventually(
    async () => {
      assert.equal((await fleet.get(BUSY)).text, 'here')
      return busy.getAttribute('class')
    },
    (classes) => /pool-heat-[1-5]/.test(classes ?? ''),
  )
  assert.match((await busy.getAttribute('aria-label')) ?? '', /, (?!0\/s)[\d.]+\/s of late/)
  // It cools down.
  await eventually(
    () => busy.getAttribute('class'),
    (classes) => /pool-heat-0/.test(classes ?? ''),
  )
  assert.deepEqual(problems, [])
  await fleet.serve[Symbol.asyncDispose]()
  await underWay
})
