import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { seriousViolations } from '../support/accessibility.ts'
import type { TabOptions } from '../support/browser.ts'
import { openPlayground } from '../support/playground.ts'

const PHONE_PX = 390

async function look(t: TestContext, { name, ...options }: TabOptions & { readonly name: string }): Promise<void> {
  await using playground = await openPlayground(t, options)
  if (playground === undefined) return
  const { page } = playground
  const found: string[] = []
  const check = async (view: string): Promise<void> => {
    await playground.screenshot(`${view}-${name}`)
    found.push(...(await seriousViolations(page)).map((violation) => `${view}: ${violation}`))
    const { width = 0 } = page.viewportSize() ?? {}
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    if (Number(wide) > width) found.push(`${view}: ${String(wide)} px wide`)
  }
  await playground.run("console.error('seen')\nconst text: string = 'seen'\ntext.missing.length")
  await page.getByRole('alert').filter({ hasText: 'TypeError' }).waitFor()
  await check('playground-error')
  await playground.run("export default () => { console.log('seen'); return { seen: ['é', 1, true] } }")
  await page.getByRole('region', { name: 'Output' }).waitFor()
  await check('playground')
  await page.getByRole('link', { name: 'Executions', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'failed: exception' })
  await row.waitFor()
  await check('executions')
  await row.getByRole('link').click()
  await page.getByText('Isolate made in').waitFor()
  await check('execution')
  assert.deepEqual(found, [])
}

test('axe finds nothing serious on the pages of runs in light colours', (t) => look(t, { name: 'light' }))

test('nor in dark colours', (t) => look(t, { name: 'dark', colorScheme: 'dark' }))

test('nor on a phone, where nothing is wider than its screen', (t) => look(t, { name: 'phone', width: PHONE_PX }))
