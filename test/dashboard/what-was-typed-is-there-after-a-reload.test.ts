import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('code, input and limits are there again after a reload', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await playground.write('"kept " + input')
  await page.getByLabel('Input (JSON)').fill('"safe"')
  await page.getByLabel('Timeout (ms)').fill('1234')
  await page.reload()
  await page.getByRole('textbox', { name: 'Code' }).filter({ hasText: '"kept " + input' }).waitFor()
  assert.equal(await page.getByLabel('Input (JSON)').inputValue(), '"safe"')
  assert.equal(await page.getByLabel('Timeout (ms)').inputValue(), '1234')
})
