import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('a run that takes long can be cancelled, and says so', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await page.getByLabel('Timeout (ms)').fill('60000')
  await playground.run('export default () => scheduler.wait(55_000)')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('status').filter({ hasText: 'killed in' }).waitFor()
  await playground.run('"the next one"')
  await page.getByRole('region', { name: 'Output' }).filter({ hasText: 'the next one' }).waitFor()
})
