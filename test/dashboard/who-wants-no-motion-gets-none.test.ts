import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard } from '../support/browser.ts'
import { startFleet } from '../support/fleet.ts'

test('who wants no motion gets none', async (t) => {
  await using fleet = await startFleet()
  await using tab = await openDashboard(t, fleet.serve.adminPort, { hash: '#/machine' })
  if (tab === undefined) return
  const { page } = tab
  await page.getByText('No worker is loaded.').waitFor()
  const animationOfOneThatLeaves = (): Promise<unknown> =>
    page.evaluate(`{
      const cell = document.createElement('div')
      cell.className = 'pool-cell pool-left'
      document.body.append(cell)
      getComputedStyle(cell).animationName
    }`)
  assert.equal(await animationOfOneThatLeaves(), 'pool-leave')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  assert.equal(await animationOfOneThatLeaves(), 'none')
})
