import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('to every other channel of the name, each with a copy of its own', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async execute() {
      const heard = []
      const [a, b, c, other] = ['x', 'x', 'x', 'y'].map((name) => new BroadcastChannel(name))
      const both = new Promise((resolve) => {
        let count = 0
        for (const channel of [a, b, c, other]) {
          channel.onmessage = ({ data, target }) => {
            heard.push([target === b ? 'b' : target === c ? 'c' : 'another', data.n])
            data.n += 1
            if (++count === 2) resolve()
          }
        }
      })
      let reads = 0
      a.postMessage({ get n() { return ++reads } })
      await both
      b.close()
      const errors = []
      for (const attempt of [() => b.postMessage(1), () => a.postMessage(() => 1), () => a.postMessage(), () => new BroadcastChannel()]) {
        try { attempt() } catch (error) { errors.push(error.name) }
      }
      return { heard, errors, name: a.name }
    } }`,
  )
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  assert.deepEqual(JSON.parse(output ?? ''), {
    heard: [
      ['b', 1],
      ['c', 1],
    ],
    errors: ['InvalidStateError', 'DataCloneError', 'TypeError', 'TypeError'],
    name: 'x',
  })
})

test('one that was opened with the worker hears its requests; one of a request is closed with it', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `const heard = []
    const own = new BroadcastChannel('x')
    own.onmessage = ({ data }) => heard.push('worker heard ' + data)
    export default { async fetch(request) {
      const channel = new BroadcastChannel('x')
      channel.onmessage = ({ data }) => heard.push('a request heard ' + data)
      const before = heard.length
      channel.postMessage(new URL(request.url).pathname)
      while (heard.length === before) await new Promise((resolve) => setTimeout(resolve))
      return Response.json(heard)
    } }`,
  )
  await t.fetch('w', '/1')
  const { text } = await t.fetch('w', '/2')
  assert.deepEqual(JSON.parse(text ?? ''), ['worker heard /1', 'worker heard /2'])
})

test('channels without end, and messages without end, meet the limits of their task', async () => {
  for (const code of [
    'for (;;) new BroadcastChannel("x")',
    'const a = new BroadcastChannel("x"), b = new BroadcastChannel("x"); for (;;) a.postMessage([1])',
  ]) {
    await using t = startRuntime({ mode: 'persistent' })
    await t.load('w', `export default { execute() { ${code} } }`, { limits: { heapMb: 16, cpuMs: 20_000 } })
    const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
    assert.equal(outcome, 'exceededMemory')
  }
})
