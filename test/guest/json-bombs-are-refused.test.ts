// Text of which V8 would make many times as much: it could not be interrupted, and would take the process along.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const MB = 1024 * 1024

const BOMBS = {
  'empty arrays': `[${'[],'.repeat(5 * MB)}[]]`,
  'empty objects': `[${'{},'.repeat(5 * MB)}{}]`,
  'arrays in arrays that are never closed': '['.repeat(15 * MB),
  'objects in objects': '{"a":'.repeat(3 * MB),
  numbers: `[${'1,'.repeat(8 * MB)}1]`,
  'arrays behind two megabytes of text': `["${'x'.repeat(2 * MB)}",${'[],'.repeat(5 * MB)}[]]`,
  'arrays between text': `[${`"${'x'.repeat(10_000)}",${'[],'.repeat(10_000)}`.repeat(300)}1]`,
}

const WORKER = `export default { async fetch(request) {
  try {
    switch (new URL(request.url).pathname) {
      case '/json': return new Response(typeof await request.json())
      case '/parse': return new Response(typeof JSON.parse(await request.text()))
      case '/object': { const text = await request.text(); return new Response(typeof JSON.parse({ toString: () => text })) }
      default: return new Response(typeof await new Response(await request.text()).json())
    }
  } catch (error) { return new Response(error.name + ': ' + error.message) }
} }`

for (const [what, body] of Object.entries(BOMBS)) {
  test(what, async () => {
    await using t = startRuntime({ limits: { cpuMs: 5000, heapMb: 50 } })
    await t.load('w', WORKER)
    for (const path of ['/json', '/parse', '/object', '/response']) {
      const { outcome, text } = await t.fetch('w', path, { method: 'POST', body })
      assert.equal(outcome, 'ok')
      assert.match(text, /^RangeError: Memory limit: .* the 50 MiB .* raise the limit "heapMb"\.$/)
    }
  })
}

test('the input of an execute task', async () => {
  await using t = startRuntime({ limits: { cpuMs: 5000, heapMb: 16 } })
  await t.load('w', 'export default () => 1')
  const input = Array.from({ length: 400_000 }, () => [])
  const { outcome, error } = await t.runtime.dispatch('w', { type: 'execute', input })
  assert.equal(outcome, 'exception')
  assert.match(error?.message ?? '', /^Memory limit: .* the 16 MiB /)
})

test('the limit is the isolate’s own, and an ordinary document of several megabytes passes', async () => {
  const body = JSON.stringify(
    Array.from({ length: 40_000 }, (_, id) => ({
      id,
      name: `user ${id}`,
      tags: ['a', 'b'],
      address: { city: 'Berlin', zip: '10115' },
    })),
  )
  await using t = startRuntime({ limits: { cpuMs: 5000 } })
  await t.load('w', WORKER)
  assert.equal((await t.fetch('w', '/json', { method: 'POST', body })).text, 'object')
  await t.load('large', WORKER, { limits: { heapMb: 1024 } })
  assert.equal((await t.fetch('large', '/json', { method: 'POST', body: `[${'[],'.repeat(MB)}[]]` })).text, 'object')
})

test('JSON.parse looks and behaves as before', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { execute() {
      const thrown = (f) => { try { f() } catch (error) { return error.name } }
      const { enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(JSON, 'parse')
      return [
        JSON.parse.name, JSON.parse.length, enumerable, writable, configurable, 'prototype' in JSON.parse,
        JSON.parse('[1]', (key, value) => key === '0' ? value + 1 : value), JSON.parse({ toString: () => '3' }), JSON.parse(null),
        thrown(() => JSON.parse()), thrown(() => JSON.parse('{')), thrown(() => JSON.parse(Symbol())), thrown(() => new JSON.parse('1')),
        JSON.parse('"' + 'x'.repeat(300_000) + '"').length,
      ]
    } }`,
  )
  assert.deepEqual(JSON.parse((await t.runtime.dispatch('w', { type: 'execute' })).output ?? ''), [
    'parse',
    2,
    false,
    true,
    true,
    false,
    [2],
    3,
    null,
    'SyntaxError',
    'SyntaxError',
    'TypeError',
    'TypeError',
    300_000,
  ])
})
