import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('an error is marked in the editor on the line and column where it was thrown, until the code runs without it', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  const mark = page.locator('.cm-lintRange-error')
  await playground.run('export default (input: { user?: any }) => {\n  const user = input.user\n  return user.name\n}')
  await page.getByRole('alert').filter({ hasText: 'Line 3, column 15' }).waitFor()
  assert.equal(await mark.innerText(), 'name')
  assert.equal(await page.locator('.cm-line').nth(2).locator('.cm-lintRange-error').count(), 1)
  await playground.screenshot('playground-error')
  await playground.run('1 + 1')
  await page.getByRole('region', { name: 'Output' }).waitFor()
  assert.equal(await mark.count(), 0)
})

test('so is an error of syntax', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await playground.run('const a = 1\nconst b = = 2\na + b')
  await page.getByRole('alert').filter({ hasText: 'Line 2, column 11' }).waitFor()
  assert.equal(await page.locator('.cm-line').nth(1).locator('.cm-lintRange-error').innerText(), '=')
})
