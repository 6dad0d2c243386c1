import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HELLO = 'export default { fetch: () => new Response("hello") }'

function instancesOf({ runtime }: TestRuntime, worker: string): number {
  return runtime.stats().entries.filter((entry) => entry.worker === worker).length
}

/** Starts tasks that run until their gate is opened. */
function hold(t: TestRuntime, count: number) {
  const gates = Array.from({ length: count }, () => gate())
  const tasks = gates.map(({ body }) => t.fetch('busy', '/', { method: 'POST', body }))
  return {
    gates,
    async open(): Promise<void> {
      for (const { open } of gates) open()
      for (const { outcome } of await Promise.all(tasks)) assert.equal(outcome, 'ok')
    },
  }
}

test('tasks that wait for an instance get another, up to as many as a worker may have', async () => {
  await using t = startRuntime({ persistentTasksAtOnce: 1, persistentReplicas: 3 })
  await t.load('busy', HOLD)
  const { gates, open } = hold(t, 5)
  await Promise.all(gates.slice(0, 3).map(({ entered }) => entered))
  assert.equal(instancesOf(t, 'busy'), 3)
  const { entries } = t.runtime.stats()
  assert.deepEqual(
    entries.map(({ running, queueDepth }) => ({ running, queueDepth })),
    Array.from({ length: 3 }, () => ({ running: 1, queueDepth: 2 })),
  )
  await open()
})

test('the next task goes to the instance that has least to do, and to each in turn where they are level', async () => {
  await using t = startRuntime({ persistentTasksAtOnce: 2, persistentReplicas: 2 })
  await t.load('busy', HOLD)
  const first = hold(t, 3)
  await Promise.all(first.gates.map(({ entered }) => entered))
  const runs = (): readonly number[] => t.runtime.stats().entries.map(({ running }) => running)
  assert.deepEqual(runs().toSorted(), [1, 2])
  const second = hold(t, 1)
  await second.gates[0]?.entered
  assert.deepEqual(runs(), [2, 2])
  await first.open()
  await second.open()
  const served = (): readonly number[] => t.runtime.stats().entries.map(({ tasksServed }) => tasksServed)
  const before = served()
  for (let count = 0; count < 10; count++) await t.fetch('busy')
  assert.deepEqual(
    served().map((count, index) => count - (before[index] ?? 0)),
    [5, 5],
  )
})

test('instances that are not needed go, and the last one stays', async () => {
  const retired: string[] = []
  await using t = startRuntime({
    persistentTasksAtOnce: 1,
    persistentReplicas: 4,
    healthCheckMs: 20,
    observer: { instanceRetired: ({ cause }) => retired.push(cause) },
  })
  await t.load('busy', HOLD)
  const { gates, open } = hold(t, 4)
  await Promise.all(gates.map(({ entered }) => entered))
  await open()
  await until(() => instancesOf(t, 'busy') === 1)
  assert.deepEqual(retired, ['surplus', 'surplus', 'surplus'])
  assert.equal((await t.fetch('busy')).outcome, 'ok')
})

test('another instance takes no place from another worker', async () => {
  await using t = startRuntime({ poolSize: 2, persistentTasksAtOnce: 1, persistentReplicas: 4 })
  await t.load('other', HELLO)
  await t.load('busy', HOLD)
  const { gates, open } = hold(t, 3)
  await gates[0]?.entered
  assert.equal(instancesOf(t, 'other'), 1)
  assert.equal(instancesOf(t, 'busy'), 1)
  await open()
})

test('a place that becomes free is for a worker that waits for its first', async () => {
  await using t = startRuntime({ poolSize: 2, persistentTasksAtOnce: 1, persistentReplicas: 2 })
  await t.load('busy', HOLD)
  await t.load('leaves', HELLO)
  const pin = t.runtime.pin('leaves')
  await t.load('new', HELLO)
  const first = hold(t, 1)
  await first.gates[0]?.entered
  const waits = t.fetch('new')
  await until(() => t.runtime.stats().waiting === 1)
  t.runtime.remove('leaves')
  pin?.[Symbol.dispose]()
  const second = hold(t, 1)
  assert.equal((await waits).outcome, 'ok')
  await first.open()
  await second.open()
})

test('a line that waits for several instances loses nobody when one of them breaks a limit', async () => {
  await using t = startRuntime({ persistentTasksAtOnce: 1, persistentReplicas: 2, limits: { cpuMs: 50 } })
  const code = `export default { async fetch(request) {
    if (request.url.endsWith('/spin')) for (;;);
    return new Response(await request.text())
  } }`
  await t.load('busy', code)
  const { gates, open } = hold(t, 1)
  await gates[0]?.entered
  const spins = t.fetch('busy', '/spin')
  const later = Array.from({ length: 6 }, () => t.fetch('busy', '/', { method: 'POST', body: 'later' }))
  assert.equal((await spins).outcome, 'exceededCpu')
  for (const { text } of await Promise.all(later)) assert.equal(text, 'later')
  await open()
})
