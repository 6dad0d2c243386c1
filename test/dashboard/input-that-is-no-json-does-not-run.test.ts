import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('input that is no JSON is said to be none as it is typed, and does not run', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  const input = page.getByLabel('Input (JSON)')
  const run = page.getByRole('button', { name: /^Run/ })
  await input.fill('{ "a": }')
  await page.getByText('This is no JSON: ').waitFor()
  assert.equal(await input.getAttribute('aria-invalid'), 'true')
  assert.equal(await run.isDisabled(), true)
  await input.fill('{ "a": 1 }')
  await page.getByText('This is no JSON: ').waitFor({ state: 'detached' })
  assert.equal(await run.isDisabled(), false)
})
