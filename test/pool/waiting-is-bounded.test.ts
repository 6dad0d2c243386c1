import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

test('tasks that find the pool exhausted wait, and past the bound they are refused', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1, taskQueueSize: 2 })
  await t.load('busy', HOLD)
  await t.load('other', HELLO)
  const held = gate()
  const busy = t.fetch('busy', '/', { method: 'POST', body: held.body })
  await held.entered
  const waiting = [t.fetch('other'), t.fetch('other')]
  const { outcome, error } = await t.fetch('other')
  assert.equal(outcome, 'loadShed')
  assert.equal(error?.code, 'POOL_EXHAUSTED')
  assert.match(error?.message ?? '', /ISOLATE_POOL_SIZE/)
  held.open()
  assert.equal((await busy).outcome, 'ok')
  for (const answer of await Promise.all(waiting)) assert.equal(answer.text, 'hello')
})

for (const [mode, atOnce] of [
  ['pool', 1],
  ['persistent', 2],
] as const) {
  test(`${mode}: tasks that find their worker busy wait, and past the bound they are refused`, async () => {
    await using t = startRuntime({ mode, taskQueueSize: 2, persistentTasksAtOnce: atOnce, persistentReplicas: 1 })
    await t.load('busy', HOLD)
    await t.load('other', HELLO)
    const gates = Array.from({ length: atOnce + 2 }, () => gate())
    const tasks = gates.map(({ body }) => t.fetch('busy', '/', { method: 'POST', body }))
    await gates[0]?.entered
    const { outcome, error } = await t.fetch('busy')
    assert.equal(outcome, 'loadShed')
    assert.equal(error?.code, 'QUEUE_FULL')
    assert.match(error?.message ?? '', /"busy".*WORKER_TASK_QUEUE_SIZE/)
    assert.equal((await t.fetch('other')).text, 'hello', 'another worker is not affected')
    for (const [number, { open }] of gates.entries()) open(`${number}`)
    const answers = await Promise.all(tasks)
    assert.deepEqual(
      answers.map(({ text }) => text),
      gates.map((_, number) => `held ${number}`),
    )
  })
}
