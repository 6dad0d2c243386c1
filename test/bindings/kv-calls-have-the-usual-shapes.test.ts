// The calls of a KV namespace and what they give, as a table.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** Each is evaluated in a worker, one after the other, on one namespace. */
const CALLS: readonly (readonly [code: string, result: unknown])[] = [
  [`await kv.get('none')`, null],
  [`await kv.getWithMetadata('none')`, { value: null, metadata: null, cacheStatus: null }],
  [`await kv.put('a', 'text') ?? 'nothing'`, 'nothing'],
  [`await kv.get('a')`, 'text'],
  [`await kv.get('a', 'text')`, 'text'],
  [`await kv.get('a', { type: 'text', cacheTtl: 3600 })`, 'text'],
  [`await kv.get('a', {})`, 'text'],
  [`await kv.get('a', null)`, 'text'],
  [`new TextDecoder().decode(await kv.get('a', 'arrayBuffer'))`, 'text'],
  [`(await kv.get('a', { type: 'arrayBuffer' })) instanceof ArrayBuffer`, true],
  [`await new Response(await kv.get('a', 'stream')).text()`, 'text'],
  [`await kv.put('j', JSON.stringify({ n: [1, 2] })), await kv.get('j', 'json')`, { n: [1, 2] }],
  [
    `await kv.put('empty', ''), [await kv.get('empty'), await new Response(await kv.get('empty', 'stream')).text()]`,
    ['', ''],
  ],
  [
    `await kv.put('b', new Uint8Array([0, 255, 7])), [...new Uint8Array(await kv.get('b', 'arrayBuffer'))]`,
    [0, 255, 7],
  ],
  [
    `await kv.put('b', new DataView(new Uint8Array([1, 2, 3]).buffer, 1)), [...new Uint8Array(await kv.get('b', 'arrayBuffer'))]`,
    [2, 3],
  ],
  [`await kv.put('b', new Uint8Array([9]).buffer), [...new Uint8Array(await kv.get('b', 'arrayBuffer'))]`, [9]],
  [`await kv.put('s', new Response('streamed').body), await kv.get('s')`, 'streamed'],
  [
    `await kv.put('m', 'v', { metadata: { by: 'ä☃', n: 1 } }), await kv.getWithMetadata('m')`,
    { value: 'v', metadata: { by: 'ä☃', n: 1 }, cacheStatus: null },
  ],
  [`await kv.getWithMetadata('m', 'json').catch((error) => error.name)`, 'SyntaxError'],
  [`await kv.put('m', 'w'), await kv.getWithMetadata('m')`, { value: 'w', metadata: null, cacheStatus: null }],
  [`await kv.put('ä/☃ ?&=#%', 'odd'), await kv.get('ä/☃ ?&=#%')`, 'odd'],
  [`await kv.put('nul\\0', 'n'), [await kv.get('nul'), await kv.get('nul\\0')]`, [null, 'n']],
  [`await kv.put(7, 'seven'), await kv.get('7')`, 'seven'],
  [
    `[...await kv.get(['a', 'none', 'j'])]`,
    [
      ['a', 'text'],
      ['none', null],
      ['j', '{"n":[1,2]}'],
    ],
  ],
  [`[...await kv.get(['j'], 'json')]`, [['j', { n: [1, 2] }]]],
  [
    `await kv.put('m', '1', { metadata: 'x' }), [...await kv.getWithMetadata(['m', 'none'], { type: 'json' })]`,
    [
      ['m', { value: 1, metadata: 'x', cacheStatus: null }],
      ['none', { value: null, metadata: null, cacheStatus: null }],
    ],
  ],
  [`await kv.delete('a') ?? 'nothing'`, 'nothing'],
  [`await kv.get('a')`, null],
  [`await kv.delete('a') ?? 'nothing'`, 'nothing'],
  [
    `await Promise.all(['l/3', 'l/1', 'l/2', 'l/ä', 'l/z'].map((key) => kv.put(key, key, { metadata: key }))), await kv.list({ prefix: 'l/', limit: 2 })`,
    {
      keys: [
        { name: 'l/1', metadata: 'l/1' },
        { name: 'l/2', metadata: 'l/2' },
      ],
      list_complete: false,
      cursor: 'bC8y',
      cacheStatus: null,
    },
  ],
  [`(await kv.list({ prefix: 'l/', cursor: 'bC8y' })).keys.map(({ name }) => name)`, ['l/3', 'l/z', 'l/ä']],
  [`await kv.list({ prefix: 'no' })`, { keys: [], list_complete: true, cacheStatus: null }],
  [`(await kv.list()).list_complete`, true],
  [
    `await kv.put('e', 'e', { expiration: 4e9 }), (await kv.list({ prefix: 'e' })).keys`,
    [{ name: 'e', expiration: 4e9 }, { name: 'empty' }],
  ],
  [
    `await kv.put('e', 'e', { expirationTtl: 60, expiration: 1 }), typeof (await kv.list({ prefix: 'e' })).keys[0].expiration`,
    'number',
  ],
  [`String(kv)`, '[object KVNamespace]'],
  [`[kv.get.length, kv.put.length, kv.list.length]`, [1, 2, 0]],
  [`Reflect.apply(kv.get, {}, ['a']).catch((error) => error.name)`, 'TypeError'],
]

test('calls and what they give', async () => {
  await using t = startRuntime()
  const cases = CALLS.map(([code]) => `async (kv) => (${code.replace(/^await (kv\.put|Promise)/, '0, await $1')})`)
  const source = `const cases = [${cases.join(',\n')}]
export default { async fetch(request, { KV }) { return Response.json(await cases[new URL(request.url).pathname.slice(1)](KV) ?? null) } }`
  await t.load('w', source, { bindings: { KV: { type: 'kv', namespace: 'main' } } })
  for (const [index, [code, result]] of CALLS.entries()) {
    const { error, text } = await t.fetch('w', `/${index}`)
    assert.equal(error, undefined, `${code}: ${error?.message}`)
    assert.deepEqual(JSON.parse(text), result, code)
  }
})

test('namespaces and tenants are apart; workers of a tenant share', async () => {
  await using t = startRuntime()
  const source = `export default { async fetch(request, { KV }) {
  if (request.method === 'PUT') await KV.put('key', await request.text())
  return new Response((await KV.get('key')) ?? 'none')
} }`
  const load = (worker: string, tenant: string, namespace: string): Promise<void> =>
    t.load(worker, source, { tenant, bindings: { KV: { type: 'kv', namespace } } })
  await load('one', 'acme', 'main')
  await load('two', 'acme', 'main')
  await load('other', 'acme', 'other')
  await load('one', 'rival', 'main')
  const ask = async (tenant: string, worker: string, method = 'GET'): Promise<string> => {
    const request = {
      method,
      url: 'http://w/',
      headers: [],
      ...(method === 'PUT' ? { body: `${tenant}/${worker}` } : {}),
    }
    return String((await t.runtime.dispatch({ tenant, worker }, { type: 'fetch', request })).body)
  }
  await ask('acme', 'one', 'PUT')
  assert.equal(await ask('acme', 'two'), 'acme/one')
  assert.equal(await ask('acme', 'other'), 'none')
  assert.equal(await ask('rival', 'one'), 'none')
})
