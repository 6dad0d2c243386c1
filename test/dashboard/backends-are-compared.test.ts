import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seriousViolations } from '../support/accessibility.ts'
import { openPlayground } from '../support/playground.ts'

test('the same code is compared on every backend, cold and warm', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await playground.write('1 + 1')
  await page.getByLabel('Runs of each kind').selectOption('3')
  await page.getByRole('button', { name: 'Compare' }).click()
  const chart = page.getByRole('table', { name: /^Median time/ })
  await chart.waitFor()
  const row = (name: string) => chart.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  for (const kind of ['cold', 'warm']) {
    assert.match(await row(`isolate, ${kind}`).getByRole('cell').last().innerText(), /^[\d.]+ ms$/)
  }
  await playground.screenshot('playground-compare')
  assert.deepEqual(await seriousViolations(page), [])
})
