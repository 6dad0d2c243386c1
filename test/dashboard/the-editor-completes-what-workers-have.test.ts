import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WORKER_API } from '../../dashboard/src/editor/worker-api.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'
import { openPlayground } from '../support/playground.ts'

test('every name that the editor completes is a global of workers', () => {
  const globals = new Set(tableRows(readPage('docs/web-apis.md'), 'global').map(([name]) => name))
  assert.deepEqual(
    WORKER_API.filter(({ name }) => !globals.has(name)),
    [],
  )
})

test('names and members are completed as they are typed, and none of the page itself', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await playground.write('')
  await page.keyboard.type('URLS')
  await page.getByRole('option', { name: /^URLSearchParams/ }).waitFor()
  await playground.write('')
  await page.keyboard.type('crypto.rand')
  await page.getByRole('option', { name: /^randomUUID/ }).waitFor()
  await playground.write('')
  await page.keyboard.type('do')
  // A keyword, so that there is something to wait for.
  await page.getByRole('option', { name: /^do/ }).first().waitFor()
  assert.equal(await page.getByRole('option', { name: 'document' }).count(), 0)
})
