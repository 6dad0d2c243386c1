import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const LEAVES = `export default { async fetch(request, env, ctx) {
  const { pathname } = new URL(request.url)
  if (pathname === '/timers') {
    setInterval(() => console.log('interval'), 1)
    setTimeout(() => console.log('timeout'), 1)
    Promise.resolve().then(() => new Promise((resolve) => setTimeout(resolve, 2))).then(() => console.log('promise'))
  }
  if (pathname === '/read') request.text().then(() => console.log('read'), () => {})
  if (pathname === '/late') setTimeout(() => { throw new Error('late') }, 1)
  if (pathname === '/next') await new Promise((resolve) => setTimeout(resolve, 10))
  return new Response(pathname)
} }`

inEveryMode('timers, intervals and reads of a finished task never run on', async ({ load, fetch, records }) => {
  await load('leaves', LEAVES)
  for (const path of ['/timers', '/read', '/late']) {
    const { body, open } = gate()
    assert.equal((await fetch('leaves', path, { method: 'POST', body })).text, path)
    open('body')
    const { text, logs } = await fetch('leaves', '/next')
    assert.equal(text, '/next')
    assert.deepEqual(logs, [])
  }
  await until(() => records.length === 6)
  assert.deepEqual(
    records.flatMap(({ logs }) => logs),
    [],
  )
})

inEveryMode('a body nobody read is given up when its task ends', async ({ load, fetch }) => {
  await load('ignores', 'export default { fetch: () => new Response("ignored") }')
  const held = gate()
  assert.equal((await fetch('ignores', '/', { method: 'POST', body: held.body })).text, 'ignored')
  await until(() => held.isCanceled)
})

test('a promise that a finished task kept cannot answer a later one', async () => {
  await using t = startRuntime()
  await t.load(
    'mixes',
    `let resolveFirst
    export default { fetch(request) {
      if (request.url.endsWith('/first')) return new Promise((resolve) => { resolveFirst = resolve })
      resolveFirst(new Response('of the first'))
      return new Promise((resolve) => setTimeout(() => resolve(new Response('of the second')), 1))
    } }`,
  )
  const first = t.fetch('mixes', '/first')
  const second = await t.fetch('mixes', '/second')
  assert.equal((await first).text, 'of the first')
  assert.equal(second.text, 'of the second')
})

test('what a task that ran out of time left pending is not charged to, or heard by, the next', async () => {
  await using t = startRuntime({ limits: { wallMs: 30, cpuMs: 50 }, clock: 'real' })
  await t.load(
    'spins-later',
    `export default { async fetch(request) {
      if (request.url.endsWith('/slow')) {
        setInterval(() => { const end = Date.now() + 5; while (Date.now() < end); console.log('tick') }, 5)
        await new Promise(() => {})
      }
      return new Response('fine')
    } }`,
  )
  assert.equal((await t.fetch('spins-later', '/slow')).outcome, 'exceededWallTime')
  for (let i = 0; i < 3; i++) {
    const { text, logs } = await t.fetch('spins-later')
    assert.equal(text, 'fine')
    assert.deepEqual(logs, [])
  }
})

inEveryMode(
  'what a finished task left pending is garbage',
  async ({ load, fetch }) => {
    await load(
      'litters',
      `export default { fetch(request) {
        const large = new Array(100_000).fill(1.5)
        setInterval(() => large, 3_600_000)
        setTimeout(() => large, 3_600_000)
        request.text().then(() => large)
        request.signal.addEventListener('abort', () => large)
        new Promise((resolve) => setTimeout(resolve, 3_600_000)).then(() => large, () => {})
        return new Response('done')
      } }`,
    )
    for (let i = 0; i < 60; i++) {
      const { outcome, error } = await fetch('litters', '/', { method: 'POST', body: 'body' })
      assert.equal(outcome, 'ok', `task ${i}: ${error?.message}`)
    }
  },
  { limits: { heapMb: 24 } },
)
