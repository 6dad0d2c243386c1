import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const PATCHES: Readonly<Record<string, string>> = {
  'methods of promises': `Promise.prototype.then = function () { throw new Error('patched') }; Promise.resolve = Promise.reject = () => { throw new Error('patched') }`,
  'methods of arrays': `for (const name of ['push', 'shift', 'splice', 'slice', 'join', 'map', 'indexOf', 'includes']) Array.prototype[name] = () => { throw new Error('patched') }`,
  'methods of maps': `for (const name of ['get', 'set', 'has', 'delete', 'forEach']) Map.prototype[name] = () => { throw new Error('patched') }`,
  JSON: `JSON.stringify = JSON.parse = () => { throw new Error('patched') }`,
  'Reflect and Object': `for (const holder of [Reflect, Object]) for (const name of Object.getOwnPropertyNames(holder))
    if (typeof holder[name] === 'function' && name !== 'prototype') holder[name] = () => { throw new Error('patched') }`,
  'methods of text': `for (const name of ['slice', 'indexOf', 'toLowerCase', 'toUpperCase', 'split', 'startsWith']) String.prototype[name] = () => { throw new Error('patched') }`,
  'regular expressions': `RegExp.prototype.exec = RegExp.prototype.test = () => { throw new Error('patched') }`,
  'typed arrays': `const Typed = Object.getPrototypeOf(Uint8Array).prototype
    for (const name of ['set', 'subarray', 'slice']) Typed[name] = () => { throw new Error('patched') }
    Object.defineProperty(Typed.constructor, Symbol.species, { get() { throw new Error('patched') } })
    for (const name of ['buffer', 'byteLength', 'byteOffset', Symbol.toStringTag]) Object.defineProperty(Typed, name, { get() { throw new Error('patched') } })
    for (const name of ['byteLength', 'detached', 'resizable']) Object.defineProperty(ArrayBuffer.prototype, name, { get() { throw new Error('patched') } })`,
  'Function.prototype': `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('patched') }`,
  'the prototype of objects, with accessors': `for (const name of ['handle', 'get', 'set', 'value', 'encrypt', 'sign', 'importKey', 'required', 'type'])
    Object.defineProperty(Object.prototype, name, { __proto__: null, configurable: true, get() { return 'patched' }, set() {} })`,
  constructors: `for (const name of ['Map', 'Set', 'Error', 'TypeError', 'Uint8Array', 'ArrayBuffer', 'String', 'Number', 'Array', 'Object', 'Promise'])
    globalThis[name] = function () { throw new Error('patched') }`,
  'CryptoKey and SubtleCrypto': `for (const { prototype } of [CryptoKey, SubtleCrypto]) for (const name of Object.getOwnPropertyNames(prototype))
    if (name !== 'constructor' && name !== 'sign' && name !== 'verify' && name !== 'importKey') Object.defineProperty(prototype, name, { get() { throw new Error('patched') } })
    globalThis.CryptoKey = globalThis.SubtleCrypto = class {}`,
}

/** Answers what it must by way of nothing that was patched. */
const WORKER = (patch: string, when: 'before' | 'after'): string => `
const bytes = new Uint8Array([1, 2, 3])
const material = new Uint8Array(16)
const usages = ['sign', 'verify']
const { Response } = globalThis
${when === 'after' ? 'crypto.subtle;' : ''}
${patch}
export default { async fetch() {
  const key = await crypto.subtle.importKey('raw', material, { name: 'HMAC', hash: { name: 'sha-256' } }, true, usages)
  const signature = await crypto.subtle.sign('hmac', key, bytes)
  return new Response(await crypto.subtle.verify('HMAC', key, signature, bytes) ? 'valid' : 'invalid')
} }`

for (const [what, patch] of Object.entries(PATCHES)) {
  for (const when of ['before', 'after'] as const) {
    test(`${what}, ${when} the group is loaded`, async () => {
      await using t = startRuntime()
      await t.load('w', WORKER(patch, when), { limits: { cpuMs: 1000 } })
      const { text, error } = await t.fetch('w')
      assert.equal(text, 'valid', error?.message)
    })
  }
}
