import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('an open port keeps no task, and nothing of it is left', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { fetch() {
      const { port1, port2 } = new MessageChannel()
      port2.onmessage = () => { console.log('too late') }
      port1.postMessage('on its way when the task ends')
      return new Response('fine')
    } }`,
  )
  for (let i = 0; i < 3; i++) {
    const { text } = await t.fetch('w')
    assert.equal(text, 'fine')
    const [entry] = t.runtime.stats().entries
    assert.deepEqual([entry?.running, entry?.openOps], [0, 0])
  }
  assert.deepEqual(
    t.records.map(({ logs, outcome }) => [outcome, logs]),
    Array.from({ length: 3 }, () => ['ok', []]),
  )
})

test('a game of ping-pong without end is ended by the CPU limit', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `export default { execute: () => new Promise(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => port1.postMessage(0)
      port2.onmessage = () => port2.postMessage(0)
      port1.postMessage(0)
    }) }`,
    { limits: { cpuMs: 30 } },
  )
  const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.ok(outcome === 'exceededCpu' || outcome === 'recycled', outcome)
})

test('a million ports, and as many messages, end in a limit of their task', async () => {
  for (const code of [
    'const all = []; for (;;) all.push(new MessageChannel())',
    'const { port1, port2 } = new MessageChannel(); port2.start(); for (;;) port1.postMessage([1])',
    'const { port1, port2 } = new MessageChannel(); for (;;) port1.postMessage([1])',
  ]) {
    await using t = startRuntime({ mode: 'persistent' })
    await t.load('w', `export default { execute() { ${code} } }`, { limits: { heapMb: 16, cpuMs: 20_000 } })
    const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
    assert.equal(outcome, 'exceededMemory')
  }
})

test('a million ports that were dropped hold nothing', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    'export default { execute() { for (let i = 0; i < 1e6; i++) new MessageChannel().port1.start(); return 1 } }',
    { limits: { heapMb: 16, cpuMs: 60_000 } },
  )
  const { outcome, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(outcome, 'ok', error?.message)
})
