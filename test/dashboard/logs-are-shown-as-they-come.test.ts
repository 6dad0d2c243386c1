import { test } from 'node:test'
import { openPlayground } from '../support/playground.ts'

test('what the code logs is shown while it runs', async (t) => {
  await using playground = await openPlayground(t)
  if (playground === undefined) return
  const { page } = playground
  await page.getByLabel('Timeout (ms)').fill('60000')
  // It ends with the test.
  await playground.run(`export default async () => {
  console.log('first')
  console.warn('second')
  await scheduler.wait(55_000)
}`)
  const logs = page.getByRole('log', { name: 'Logs' })
  await logs.filter({ hasText: 'first' }).filter({ hasText: 'second' }).waitFor()
  await page.getByRole('status').filter({ hasText: 'running' }).waitFor()
  await playground.screenshot('playground-logs')
})
