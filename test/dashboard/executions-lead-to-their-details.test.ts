import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('what ran is listed, leads to how it ended, and from there back to the playground', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page, problems } = playground
  await page.getByLabel('Input (JSON)').fill('{ "user": null }')
  await playground.run("console.log('before it fails')\ninput.user.name")
  await page.getByRole('alert').filter({ hasText: 'TypeError' }).waitFor()

  await page.getByRole('link', { name: 'Executions', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'failed: exception' })
  await row.waitFor()
  await row.getByRole('link').click()

  await page.getByRole('alert').filter({ hasText: 'TypeError' }).waitFor()
  await page.getByRole('log').filter({ hasText: 'before it fails' }).waitFor()
  await page.getByText('Isolate made in').waitFor()
  await page.locator('.cm-line').nth(1).locator('.cm-lintRange-error').waitFor()
  await playground.screenshot('execution-error')

  await page.getByRole('link', { name: 'Open in the playground' }).click()
  await page.getByRole('textbox', { name: 'Code' }).filter({ hasText: 'before it fails' }).waitFor()
  assert.deepEqual(JSON.parse(await page.getByLabel('Input (JSON)').inputValue()), { user: null })
  assert.equal(new URL(page.url()).hash, '#/playground')
  assert.deepEqual(problems, [])
})
