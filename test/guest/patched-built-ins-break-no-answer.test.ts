import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** Each notes in `seen` what it was given of the runtime, were it used by the runtime. */
const PATCHES: Readonly<Record<string, string>> = {
  'Promise.prototype.then': `Promise.prototype.then = function (...args) { seen.push(this); throw new Error('patched') }`,
  'Promise.resolve': `Promise.resolve = Promise.reject = (value) => { seen.push(value); throw new Error('patched') }`,
  'Promise itself': `globalThis.Promise = class { constructor() { throw new Error('patched') } }`,
  'Promise.prototype.constructor': `Object.defineProperty(Promise.prototype, 'constructor', { get() { return class { constructor() { throw new Error('patched') } } } })`,
  'the iterator of arrays': `Array.prototype[Symbol.iterator] = function () { seen.push(this); throw new Error('patched') }`,
  'the next of array iterators': `Object.getPrototypeOf([][Symbol.iterator]()).next = function () { throw new Error('patched') }`,
  'methods of arrays': `for (const name of ['push', 'shift', 'splice', 'slice', 'join', 'sort', 'map', 'indexOf'])
    Array.prototype[name] = function (...args) { seen.push(this, ...args); throw new Error('patched') }`,
  'methods of maps': `for (const name of ['get', 'set', 'has', 'delete', 'forEach'])
    Map.prototype[name] = function (...args) { seen.push(this, ...args); throw new Error('patched') }`,
  'methods of sets and weak maps': `for (const [type, names] of [[Set, ['add', 'has', 'delete', 'forEach']], [WeakMap, ['get', 'set', 'has']]])
    for (const name of names) type.prototype[name] = function (...args) { seen.push(this, ...args); throw new Error('patched') }`,
  JSON: `JSON.stringify = JSON.parse = (value) => { seen.push(value); throw new Error('patched') }`,
  'Function.prototype': `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = function (...args) { seen.push(this, ...args); throw new Error('patched') }`,
  'Reflect and Object': `for (const holder of [Reflect, Object]) for (const name of Object.getOwnPropertyNames(holder))
    if (typeof holder[name] === 'function' && name !== 'prototype') holder[name] = (...args) => { seen.push(...args); throw new Error('patched') }`,
  'methods of text': `for (const name of ['slice', 'indexOf', 'charCodeAt', 'toLowerCase', 'split', 'startsWith', 'trim', 'replace', 'toWellFormed'])
    String.prototype[name] = function () { throw new Error('patched') }`,
  'regular expressions': `RegExp.prototype.exec = RegExp.prototype.test = RegExp.prototype[Symbol.replace] = () => { throw new Error('patched') }`,
  'typed arrays': `const Typed = Object.getPrototypeOf(Uint8Array).prototype
    for (const name of ['set', 'subarray', 'slice']) Typed[name] = function () { throw new Error('patched') }
    for (const name of ['buffer', 'byteLength', 'byteOffset', 'length', Symbol.toStringTag]) Object.defineProperty(Typed, name, { get() { throw new Error('patched') } })`,
  'Object.prototype.then': `Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { seen.push(this); return undefined } })`,
  'Object.prototype with values': `for (const name of ['source', 'signal', 'get', 'set', 'value', 'writable', 'content', 'stream', 'type', 'status', 'ended', 'answered'])
    Object.prototype[name] = 'patched'`,
  'Object.prototype with getters': `for (const name of ['source', 'content', 'stream', 'type', 'status', 'cause', 'abandon', 'settle'])
    Object.defineProperty(Object.prototype, name, { configurable: true, get() { seen.push(this); return undefined } })`,
  constructors: `for (const name of ['Map', 'Set', 'WeakMap', 'Error', 'TypeError', 'Uint8Array', 'ArrayBuffer', 'String', 'Number', 'Array', 'Object'])
    globalThis[name] = function () { throw 'patched' }`,
  'the platform itself': `for (const name of ['Request', 'Response', 'Headers', 'URL', 'fetch', 'setTimeout', 'queueMicrotask', 'ReadableStream', 'TextEncoder'])
    { kept[name] = globalThis[name]; globalThis[name] = function () { throw new Error('patched') } }
    kept.Headers.prototype.get = kept.Headers.prototype.append = () => { throw new Error('patched') }
    for (const name of ['body', 'status', 'headers']) Object.defineProperty(kept.Response.prototype, name, { get() { throw new Error('patched') } })`,
}

const WORKER = (patch: string): string => `const seen = []
const kept = { Response, setTimeout, Promise, seen }
${patch}
export default {
  async fetch(request) {
    const { Response } = kept
    const path = request.url
    if (path === 'http://w.localhost/text') return new Response('text')
    if (path === 'http://w.localhost/headers') return new Response('headers', { status: 201, statusText: 'Made', headers: { 'x-a': 'b' } })
    if (path === 'http://w.localhost/bytes') return new Response(await request.arrayBuffer())
    if (path === 'http://w.localhost/echo') return new Response(await request.text())
    if (path === 'http://w.localhost/timer') { await new kept.Promise((resolve) => kept.setTimeout(resolve, 1)); return new Response('timer') }
    if (path === 'http://w.localhost/throw') throw 'thrown'
    if (path === 'http://w.localhost/seen') return new Response(seen.length === 0 ? 'nothing' : 'something')
  },
}`

for (const [what, patch] of Object.entries(PATCHES)) {
  test(what, async () => {
    await using t = startRuntime({ limits: { wallMs: 2000 } })
    await t.load('w', WORKER(patch))
    const text = async (path: string, body?: string | Uint8Array): Promise<string> => {
      const request = body === undefined ? {} : { method: 'POST', body }
      const answer = await t.fetch('w', path, request)
      return answer.outcome === 'ok' ? answer.text : `${answer.outcome} ${answer.error?.message}`
    }
    assert.equal(await text('/text'), 'text')
    assert.equal(await text('/echo', 'h\u00e9llo'), 'h\u00e9llo')
    assert.equal(await text('/echo', 'x'.repeat(100_000)), 'x'.repeat(100_000))
    assert.equal(await text('/bytes', new Uint8Array([97, 98])), 'ab')
    assert.equal(await text('/headers'), 'headers')
    // Replacing the constructor of promises is felt by the worker's own code, and nobody else's.
    if (what !== 'Promise itself') assert.equal(await text('/timer'), 'timer')
    assert.equal(await text('/throw'), 'exception thrown')
  })
}

test('nor do they show anything of the runtime', async () => {
  await using t = startRuntime()
  for (const [what, patch] of Object.entries(PATCHES)) {
    // A promise that a handler returns, and what it settles with, is asked for "then" and "constructor" by the language.
    if (what.startsWith('Object.prototype')) continue
    await t.load('w', WORKER(patch))
    await t.fetch('w', '/text')
    await t.fetch('w', '/echo', { method: 'POST', body: 'x'.repeat(100_000) })
    await t.fetch('w', '/throw')
    assert.equal((await t.fetch('w', '/seen')).text, 'nothing', what)
  }
})
