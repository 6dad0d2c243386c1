import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

test('1,000 tasks that wait for timers finish though one beside them spins', async () => {
  const retired: string[] = []
  await using t = startRuntime({
    persistentTasksAtOnce: 2000,
    limits: { cpuMs: 50 },
    observer: { instanceRetired: ({ cause }) => retired.push(cause) },
  })
  await t.load(
    'mixed',
    `export default { async fetch(request) {
      if (request.url.endsWith('/spin')) for (;;);
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200))
      return new Response('patient')
    } }`,
  )
  const patient = Array.from({ length: 1000 }, () => t.fetch('mixed'))
  const spinning = t.fetch('mixed', '/spin')
  assert.equal((await spinning).outcome, 'exceededCpu')
  assert.equal((await t.fetch('mixed')).text, 'patient', 'the next task is served by a new instance')
  for (const { outcome, text } of await Promise.all(patient)) {
    assert.equal(outcome, 'ok')
    assert.equal(text, 'patient')
  }
  await until(() => t.runtime.stats().cached === 1)
  assert.deepEqual(retired, ['limit-hit'])
})

test('neighbours that take too long after the limit struck are recycled', async () => {
  await using t = startRuntime({ limits: { cpuMs: 30 } })
  await t.load(
    'mixed',
    `export default { async fetch(request) {
      if (request.url.endsWith('/spin')) for (;;);
      await new Promise((resolve) => setTimeout(resolve, 3_600_000))
    } }`,
  )
  const straggler = t.fetch('mixed', '/wait')
  assert.equal((await t.fetch('mixed', '/spin')).outcome, 'exceededCpu')
  const { outcome, error } = await straggler
  assert.equal(outcome, 'recycled')
  assert.equal(error?.code, 'RECYCLED')
  await until(() => t.runtime.stats().cached === 0)
})
