// A program that replaces built-ins breaks itself, and not the calls of its namespaces.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const BAD = `() => { throw new Error('patched') }`
const PATCHES: Readonly<Record<string, string>> = {
  'Array.prototype': `for (const name of ['push', 'slice', 'join', 'map', 'forEach', 'splice', 'indexOf']) Array.prototype[name] = ${BAD}
    Array.prototype[Symbol.iterator] = ${BAD}; Array.isArray = ${BAD}`,
  'Promise.prototype': `Promise.prototype.then = Promise.prototype.catch = Promise.resolve = Promise.reject = ${BAD}`,
  'Object.prototype': `for (const name of ['type', 'status', 'metadata', 'expirationTtl', 'source', 'body', 'signal', 'headers', 'method', 'window', 'value', 'cursor', 'get', 'set'])
    Object.prototype[name] = 'patched'`,
  'JSON, URL, Map and text': `JSON.parse = JSON.stringify = encodeURIComponent = decodeURIComponent = ${BAD}
    Map.prototype.set = Map.prototype.get = String.prototype.toWellFormed = String.prototype.slice = ${BAD}; globalThis.URL = ${BAD}`,
  'typed arrays': `const Typed = Object.getPrototypeOf(Uint8Array).prototype
    for (const name of ['set', 'subarray', 'slice']) Typed[name] = ${BAD}
    for (const name of ['buffer', 'byteLength', 'length']) Object.defineProperty(Typed, name, { get: ${BAD} })`,
  'Response, Headers and fetch': `for (const type of [Response, Request, Headers]) for (const name of Object.getOwnPropertyNames(type.prototype))
    if (name !== 'constructor') Object.defineProperty(type.prototype, name, { get: ${BAD}, configurable: true })
    for (const name of ['fetch', 'Request', 'Headers']) globalThis[name] = ${BAD}`,
}

for (const [what, patch] of Object.entries(PATCHES)) {
  test(what, async () => {
    await using t = startRuntime({ limits: { wallMs: 3000 } })
    const source = `const kept = { Response, stringify: JSON.stringify }
${patch}
export default { async fetch(request, { KV }) {
  const options = { __proto__: null, metadata: { __proto__: null, by: 'me' } }
  await KV.put('key', 'value', options)
  const { metadata, value } = await KV.getWithMetadata('key')
  const many = await KV.get(['key', 'none'])
  const listed = await KV.list({ __proto__: null, prefix: 'k' })
  await KV.delete('key')
  const gone = await KV.get('key', 'json')
  return new kept.Response(kept.stringify({ __proto__: null, value, by: metadata.by, size: many.size, name: listed.keys[0].name, gone }))
} }`
    await t.load('w', source, { bindings: { KV: { type: 'kv', namespace: 'main' } } })
    const { error, text } = await t.fetch('w')
    assert.equal(error, undefined)
    assert.deepEqual(JSON.parse(text), { value: 'value', by: 'me', size: 2, name: 'key', gone: null })
  })
}
