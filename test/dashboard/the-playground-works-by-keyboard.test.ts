import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('Tab indents in the editor, Esc and Tab leave it, and Ctrl-Enter runs from the input as well', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  const code = page.getByRole('textbox', { name: 'Code' })
  const input = page.getByLabel('Input (JSON)')
  await playground.write('input + 1')
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  assert.match(await code.innerText(), /^\s+input \+ 1$/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await input.and(page.locator(':focus')).waitFor()
  await input.fill('41')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Output' }).filter({ hasText: /^42$/ }).waitFor()
})
