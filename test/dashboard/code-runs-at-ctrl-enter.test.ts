import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('what is typed runs at Ctrl-Enter, with its input, and its output is shown with where the time went', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page, problems } = playground
  await page.getByLabel('Input (JSON)').fill('{ "numbers": [20, 22] }')
  await playground.run('input.numbers.reduce((sum, n) => sum + n, 0)')
  const output = page.getByRole('region', { name: 'Output' })
  await output.filter({ hasText: /^42$/ }).waitFor()
  await page.getByText('completed', { exact: true }).waitFor()
  const phases = await page.getByRole('table', { name: 'Where the time went' }).getByRole('rowheader').allInnerTexts()
  assert.deepEqual(phases, ['Queue', 'Create', 'Load', 'Run'])
  await playground.screenshot('playground-output')
  assert.deepEqual(problems, [])
})

test('TypeScript runs as well', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  await playground.run('export default (input: unknown): string => `${typeof input as string} it is`')
  await playground.page.getByRole('region', { name: 'Output' }).filter({ hasText: 'it is' }).waitFor()
})
