import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

const post = (body: ReturnType<typeof gate>['body']) => ({ method: 'POST', body })

for (const mode of ['pool', 'persistent'] as const) {
  test(`${mode}: tasks of one worker that waited for a place share the instance that is made for the first`, async () => {
    const created: string[] = []
    await using t = startRuntime({
      mode,
      poolSize: 1,
      observer: { instanceCreated: ({ worker }) => created.push(worker) },
    })
    await t.load('busy', HOLD)
    await t.load('late', HOLD)
    const held = gate()
    const busy = t.fetch('busy', '/', post(held.body))
    await held.entered
    created.length = 0
    const ended: string[] = []
    const late = ['a', 'b', 'c'].map(async (path) => {
      await t.fetch('late', `/${path}`)
      ended.push(path)
    })
    held.open()
    assert.equal((await busy).outcome, 'ok')
    await Promise.all(late)
    assert.deepEqual(ended, ['a', 'b', 'c'])
    assert.deepEqual(created, ['late'])
  })
}

test('a task that comes when a place is free does not overtake those that wait for it', async () => {
  await using t = startRuntime({ mode: 'pool', poolSize: 1 })
  for (const worker of ['busy', 'patient', 'pushy']) await t.load(worker, HOLD)
  const ended: string[] = []
  const fetchThen = async (worker: string, request = {}): Promise<void> => {
    await t.fetch(worker, '/', request)
    ended.push(worker)
  }
  const held = gate()
  const busy = fetchThen('busy', post(held.body))
  await held.entered
  const patient = fetchThen('patient')
  held.open()
  await busy
  const pushy = fetchThen('pushy')
  await Promise.all([patient, pushy])
  assert.deepEqual(ended, ['busy', 'patient', 'pushy'])
})
