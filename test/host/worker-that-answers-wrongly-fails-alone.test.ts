import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const CASES: Readonly<Record<string, readonly [code: string, message: RegExp, body: string]>> = {
  nothing: ['NOT_A_RESPONSE', /returned a value of type undefined instead of a Response/, ''],
  null: ['NOT_A_RESPONSE', /returned null/, 'return null'],
  'a text': ['NOT_A_RESPONSE', /of type string/, 'return "text"'],
  'an array': ['NOT_A_RESPONSE', /an array/, 'return []'],
  'an object that looks like one': [
    'NOT_A_RESPONSE',
    /of type object/,
    'return { status: 200, headers: new Headers(), body: null }',
  ],
  'an object with the prototype': ['NOT_A_RESPONSE', /of type object/, 'return Object.create(Response.prototype)'],
  'a proxy of one': ['NOT_A_RESPONSE', /of type object/, 'return new Proxy(new Response("x"), {})'],
  'the request': ['NOT_A_RESPONSE', /of type object/, 'return request'],
  'Response.error()': ['NOT_A_RESPONSE', /Response\.error\(\)/, 'return Response.error()'],
  'a Response that was read': [
    'RESPONSE_BODY_USED',
    /already read/,
    'const response = new Response("x"); await response.text(); return response',
  ],
  'a Response that was given twice': [
    'RESPONSE_BODY_USED',
    /already read/,
    'return (globalThis.kept ??= new Response("x"))',
  ],
  'a Response with a locked stream': [
    'RESPONSE_BODY_USED',
    /locked/,
    'const response = new Response(new ReadableStream()); response.body.getReader(); return response',
  ],
  'a Response with a stream that was read': [
    'RESPONSE_BODY_USED',
    /already read/,
    `const stream = new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b') } })
    const response = new Response(stream); const reader = stream.getReader(); await reader.read(); reader.releaseLock(); return response`,
  ],
  'a rejected promise': ['WORKER_EXCEPTION', /rejected/, 'return Promise.reject(new Error("rejected"))'],
}

for (const [what, [code, message, body]] of Object.entries(CASES)) {
  test(`by ${what}`, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `export default { async fetch(request) { if (request.url.endsWith('/ok')) return new Response('fine'); ${body} } }`,
    )
    if (what.includes('twice')) assert.equal((await t.fetch('w')).text, 'x')
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exception', code])
    assert.match(error?.message ?? '', message)
    assert.equal((await t.fetch('w', '/ok')).text, 'fine')
  })
}

test('by a handler of another kind only', async () => {
  await using t = startRuntime()
  await t.load('w', 'export default { scheduled() {} }')
  const { outcome, error } = await t.fetch('w')
  assert.deepEqual(
    [outcome, error?.code, error?.message],
    ['exception', 'NO_HANDLER', 'The worker has no fetch handler.'],
  )
})

test('by an execute handler whose value is not JSON', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `const values = { circular: () => { const a = {}; a.a = a; return a }, bigint: () => 1n, function: () => () => 1, symbol: () => Symbol('x'),
      thrown: () => ({ toJSON() { throw new Error('no JSON') } }), fine: () => ({ a: [1, undefined] }), nothing: () => undefined }
    export default { execute: (name) => values[name]() }`,
  )
  const run = (input: string) => t.runtime.dispatch('w', { type: 'execute', input })
  for (const name of ['circular', 'bigint', 'function', 'symbol', 'thrown']) {
    const { outcome, error } = await run(name)
    assert.deepEqual([outcome, error?.code], ['exception', 'OUTPUT_NOT_SERIALIZABLE'], name)
  }
  assert.equal((await run('fine')).output, '{"a":[1,null]}')
  assert.deepEqual(await run('nothing').then(({ outcome, output }) => [outcome, output]), ['ok', undefined])
})

for (const [what, code, expected] of [
  ['no export', 'const a = 1', 'NO_HANDLER'],
  ['an export without handlers', 'export default { other() {} }', 'NO_HANDLER'],
  ['an export that is text', 'export default "text"', 'NO_HANDLER'],
  ['a throw', 'throw new RangeError("at top level")', 'LOAD_FAILED'],
  ['a rejected promise', 'await Promise.reject(new Error("later"))', 'LOAD_FAILED'],
  ['a getter that throws', 'export default { get fetch() { throw new Error("getter") } }', 'LOAD_FAILED'],
] as const) {
  test(`by a top level with ${what}: the version before stays`, async () => {
    await using t = startRuntime()
    await t.load('w', 'export default { fetch: () => new Response("before") }')
    await assert.rejects(t.load('w', code), { code: expected })
    assert.equal((await t.fetch('w')).text, 'before')
    assert.equal(t.runtime.stats().cached, 1)
  })
}
