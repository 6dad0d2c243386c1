import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode('a scheduled task gets its cron and time', async ({ load, runtime, records }) => {
  await load(
    'clock',
    `export default { async scheduled(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      console.log(controller.cron, controller.scheduledTime)
    } }`,
  )
  const { outcome } = await runtime.dispatch('clock', { type: 'scheduled', cron: '0 * * * *', scheduledTimeMs: 5 })
  assert.equal(outcome, 'ok')
  assert.equal(records[0]?.type, 'scheduled')
  assert.equal(records[0]?.logs[0]?.message, '0 * * * * 5')
})

inEveryMode('an execute task gives its input and takes its output', async ({ load, runtime }) => {
  await load('double', 'export default async ({ numbers }) => numbers.map((number) => number * 2)')
  const { outcome, output } = await runtime.dispatch('double', { type: 'execute', input: { numbers: [1, 2] } })
  assert.equal(outcome, 'ok')
  assert.equal(output, '[2,4]')
})

inEveryMode('a task the worker has no handler for is told so', async ({ load, runtime }) => {
  await load('only-fetch', 'export default { fetch: () => new Response() }')
  const { outcome, error } = await runtime.dispatch('only-fetch', { type: 'execute' })
  assert.equal(outcome, 'exception')
  assert.equal(error?.code, 'NO_HANDLER')
})
