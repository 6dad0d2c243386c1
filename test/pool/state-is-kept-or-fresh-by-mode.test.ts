import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

const COUNTER = `
  let module = 0
  export default { fetch() {
    globalThis.count = (globalThis.count ?? 0) + 1
    module += 1
    return Response.json([globalThis.count, module])
  } }`

inEveryMode('globals stay from task to task, or are fresh for each', async ({ load, fetch }, { keepsState }) => {
  await load('counter', COUNTER)
  const counts: unknown[] = []
  for (let i = 0; i < 4; i++) counts.push(JSON.parse((await fetch('counter')).text))
  const kept = [1, 2, 3, 4].map((count) => [count, count])
  const fresh = [1, 1, 1, 1].map((count) => [count, count])
  assert.deepEqual(counts, keepsState ? kept : fresh)
})

inEveryMode('fresh globals are fresh for tasks that come at once, too', async ({ load, fetch }, { keepsState }) => {
  await load('counter', COUNTER)
  const answers = await Promise.all(Array.from({ length: 6 }, () => fetch('counter')))
  const seen = answers.map(({ text }) => (JSON.parse(text) as number[])[0])
  assert.deepEqual(seen, keepsState ? [1, 2, 3, 4, 5, 6] : [1, 1, 1, 1, 1, 1])
})

inEveryMode(
  'what one task patches, the next does not see where contexts are fresh',
  async ({ load, fetch }, { keepsState }) => {
    await load(
      'patcher',
      `export default { async fetch(request) {
      const patched = 'patched' in Object.prototype || JSON.stringify({}) !== '{}' || Promise.prototype.then.patched === true
        || Response.prototype.text.patched === true
      if (request.url.endsWith('/patch')) {
        Object.prototype.patched = 1
        JSON.stringify = () => 'patched'
        const { then } = Promise.prototype
        Promise.prototype.then = Object.assign(function (...args) { return then.apply(this, args) }, { patched: true })
        Response.prototype.text = Object.assign(() => {}, { patched: true })
        Array.prototype[Symbol.iterator] = undefined
      }
      return new Response(String(patched))
    } }`,
    )
    assert.equal((await fetch('patcher', '/patch')).text, 'false')
    for (let i = 0; i < 3; i++) assert.equal((await fetch('patcher')).text, String(keepsState))
  },
)

inEveryMode('one worker never sees what another leaves', async ({ load, fetch }) => {
  const leave =
    'export default { fetch() { globalThis.secret = "x"; Object.prototype.secret = "x"; return new Response("left") } }'
  const look = 'export default { fetch: () => new Response(typeof secret + typeof {}.secret) }'
  await load('leaves', leave)
  await load('looks', look)
  await fetch('looks')
  assert.equal((await fetch('leaves')).text, 'left')
  assert.equal((await fetch('looks')).text, 'undefinedundefined')
})

test('in mode shared a tenant has one isolate for all its workers, and tenants never share one', async () => {
  await using t = startRuntime({ mode: 'shared' })
  const hello = 'export default { fetch: () => new Response("hello") }'
  for (const tenant of ['red', 'blue']) {
    for (const worker of ['one', 'two']) {
      await t.load(worker, hello, { tenant })
      const request = { method: 'GET', url: 'http://any.localhost/', headers: [] }
      assert.equal((await t.runtime.dispatch({ tenant, worker }, { type: 'fetch', request })).body, 'hello')
    }
  }
  const { entries } = t.runtime.stats()
  assert.deepEqual(
    entries.map(({ tenant, tasksServed }) => [tenant, tasksServed]),
    [
      ['red', 2],
      ['blue', 2],
    ],
  )
})

test('workers of one name and two tenants are two workers in every mode', async () => {
  await using t = startRuntime()
  for (const mode of ['worker', 'shared', 'pool', 'persistent'] as const) {
    for (const tenant of ['red', 'blue']) {
      await t.load('same', `export default { fetch: () => new Response('${tenant}') }`, { tenant, mode, id: 'v' })
    }
    for (const tenant of ['red', 'blue']) {
      const request = { method: 'GET', url: 'http://any.localhost/', headers: [] }
      const { body } = await t.runtime.dispatch({ tenant, worker: 'same' }, { type: 'fetch', request })
      assert.equal(body, tenant, mode)
    }
  }
})

inEveryMode(
  'what tasks leave in fresh globals does not add up, however fast they follow each other',
  async ({ load, runtime }, { keepsState }) => {
    await load(
      'leaves',
      'export default { fetch() { globalThis.left = new Array(100_000).fill(1.5); return new Response("left") } }',
      { limits: { heapMb: 16 } },
    )
    const request = { method: 'GET', url: 'http://any.localhost/', headers: [] }
    for (let i = 0; i < (keepsState ? 10 : 50); i++) {
      const { outcome } = await runtime.dispatch('leaves', { type: 'fetch', request })
      assert.equal(outcome, 'ok', `task ${i}`)
    }
  },
)
