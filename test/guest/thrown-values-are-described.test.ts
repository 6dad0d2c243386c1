import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const THROWN: Readonly<Record<string, readonly [thrown: string, name: string, message: string | RegExp]>> = {
  'an Error': ['new Error("plain")', 'Error', 'plain'],
  'an error of a class': ['new (class Mine extends TypeError { name = "Mine" })("own")', 'Mine', 'own'],
  'an Error without a message': ['new RangeError()', 'RangeError', 'RangeError'],
  'an Error with a line break': ['new Error("a\\nb")', 'Error', 'a\nb'],
  'a DOMException': ['new DOMException("gone", "AbortError")', 'AbortError', 'gone'],
  'an AggregateError': ['new AggregateError([new Error("x")], "several")', 'AggregateError', 'several'],
  'a text': ['"text"', 'Uncaught', 'text'],
  'an empty text': ['""', 'Uncaught', 'Uncaught'],
  'a number': ['5', 'Uncaught', '5'],
  null: ['null', 'Uncaught', 'null'],
  undefined: ['undefined', 'Uncaught', 'undefined'],
  'a symbol': ['Symbol("x")', 'Uncaught', 'Symbol'],
  'a bigint': ['10n', 'Uncaught', '10'],
  'a function': ['function f() {}', 'Uncaught', /function f/],
  'an object': ['{ code: 5 }', 'Error', '{"code":5}'],
  'an object like an Error': ['{ name: "Like", message: "an error" }', 'Like', 'an error'],
  'an object without a prototype': ['{ __proto__: null, a: 1 }', 'Error', '{"a":1}'],
  'an array': ['[1, 2]', 'Error', '[1,2]'],
  'a Response': ['new Response("x")', 'Error', '{}'],
  'a circular object': ['(() => { const a = {}; a.a = a; return a })()', 'Error', '[object Null]'],
  'a revoked proxy': [
    '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()',
    'Error',
    '[object Null]',
  ],
  'a proxy that throws': ['new Proxy({}, { get() { throw new Error("trap") } })', 'Error', '[object Null]'],
  'getters that throw': [
    '{ get name() { throw 1 }, get message() { throw 2 }, get stack() { throw 3 }, get cause() { throw 4 }, toJSON() { throw 5 } }',
    'Error',
    '[object Null]',
  ],
  'fields of wrong kinds': ['{ name: 5, message: {}, stack: [] }', 'Error', '{"name":5,"message":{},"stack":[]}'],
  'an Error with a giant message': ['new Error("x".repeat(1e6))', 'Error', /^x{8192}…$/],
}

for (const [what, [thrown, name, message]] of Object.entries(THROWN)) {
  test(what, async () => {
    await using t = startRuntime()
    for (const code of [
      `export default { fetch() { throw ${thrown} } }`,
      `export default { async fetch() { await null; throw ${thrown} } }`,
      `addEventListener('fetch', (event) => event.respondWith(Promise.reject(${thrown})))`,
    ]) {
      await t.load('w', code)
      const { outcome, error } = await t.fetch('w')
      assert.deepEqual([outcome, error?.code, error?.name], ['exception', 'WORKER_EXCEPTION', name])
      if (typeof message === 'string') assert.equal(error?.message, message)
      else assert.match(error?.message ?? '', message)
      assert.doesNotMatch(error?.stack ?? '', /isolated-vm|file:|node:|isopod:guest|\/src\//)
    }
  })
}

test("with the cause, and a stack in the worker's own file", async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `function inner() { throw new Error('inner') }
export default { fetch() {
  try { inner() } catch (cause) { throw new Error('outer', { cause }) }
} }`,
  )
  const { error } = await t.fetch('w')
  const lines = (error?.stack ?? '').split('\n').map((line) => line.trim())
  assert.match(error?.stack ?? '', /^Error: outer\n {4}at .*index\.js:3:\d+/)
  assert.ok(lines.includes('[cause]: Error: inner'), error?.stack)
  assert.match(error?.stack ?? '', /\[cause\]: Error: inner\n {4}at inner \(index\.js:1:26\)/)
})

test('also where the program has replaced what describing needs', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `JSON.stringify = Error.prototype.toString = String.prototype.slice = () => { throw 'patched' }
    Object.defineProperty(Error.prototype, 'message', { get() { throw 'patched' } })
    export default { fetch() { throw new TypeError('still told') } }`,
  )
  const { error } = await t.fetch('w')
  assert.deepEqual([error?.name, error?.message], ['TypeError', 'still told'])
})
