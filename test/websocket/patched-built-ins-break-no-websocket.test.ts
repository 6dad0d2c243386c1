import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSocketServer } from '../support/websocket.ts'

/** Each notes in `seen` what it was given of the runtime, were it used by the runtime. */
const PATCHES: Readonly<Record<string, string>> = {
  promises: `Promise.prototype.then = function () { seen.push(this); throw new Error('patched') }
    Promise.resolve = Promise.reject = (value) => { seen.push(value); throw new Error('patched') }`,
  'arrays and their iterator': `for (const name of ['push', 'shift', 'splice', 'slice', 'join', 'map', 'indexOf']) Array.prototype[name] = function (...args) { seen.push2(this, args); throw new Error('patched') }
    Array.prototype[Symbol.iterator] = function () { throw new Error('patched') }`,
  'maps and sets': `for (const [type, names] of [[Map, ['get', 'set', 'has', 'delete', 'forEach']], [Set, ['add', 'has', 'delete', 'forEach']], [WeakMap, ['get', 'set', 'has']]])
    for (const name of names) type.prototype[name] = function (...args) { seen.push(this, args); throw new Error('patched') }`,
  'typed arrays': `const Typed = Object.getPrototypeOf(Uint8Array).prototype
    for (const name of ['set', 'subarray', 'slice']) Typed[name] = function () { throw new Error('patched') }
    for (const name of ['buffer', 'byteLength', 'byteOffset', 'length', Symbol.toStringTag]) Object.defineProperty(Typed, name, { get() { throw new Error('patched') } })`,
  text: `for (const name of ['slice', 'indexOf', 'toLowerCase', 'split', 'startsWith', 'trim', 'toWellFormed']) String.prototype[name] = function () { throw new Error('patched') }
    RegExp.prototype.exec = RegExp.prototype.test = () => { throw new Error('patched') }`,
  'functions, Reflect and Object': `Function.prototype.call = Function.prototype.apply = function (...args) { seen.push(this, args); throw new Error('patched') }
    for (const holder of [Reflect, Object]) for (const name of Object.getOwnPropertyNames(holder))
      if (typeof holder[name] === 'function' && name !== 'prototype') holder[name] = (...args) => { seen.push(args); throw new Error('patched') }`,
  'Object.prototype': `for (const name of ['data', 'origin', 'closing', 'wasClean', 'code', 'reason', 'get', 'set', 'value', 'writable', 'bubbles', 'ports', 'source'])
    Object.prototype[name] = name === 'ports' ? [] : name === 'source' ? null : 'patched'`,
  'Object.prototype with getters': `for (const name of ['data', 'origin', 'closing', 'wasClean', 'code', 'reason', 'ports', 'source', 'bubbles', 'lastEventId'])
    Object.defineProperty(Object.prototype, name, { configurable: true, get() { seen.push(this); return undefined } })`,
  events: `for (const [type, names] of [[EventTarget, ['addEventListener', 'dispatchEvent']], [WebSocket, ['send', 'close', 'accept']]])
    for (const name of names) type.prototype[name] = function () { throw new Error('patched') }
    for (const name of ['Event', 'MessageEvent', 'CloseEvent', 'EventTarget', 'WebSocket', 'Blob', 'DOMException']) globalThis[name] = class { constructor() { throw new Error('patched') } }
    for (const name of ['readyState', 'binaryType', 'bufferedAmount']) Object.defineProperty(kept.WebSocket.prototype, name, { get() { throw new Error('patched') } })`,
}

const WORKER = (patch: string): string => `const seen = []
seen.push2 = seen.push
const kept = { Response, WebSocket, WebSocketPair }
const { accept, close, send } = WebSocket.prototype
const { addEventListener } = EventTarget.prototype
const apply = Reflect.apply
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get
let isPatched = false
export default { fetch() {
  if (!isPatched) { isPatched = true; ${patch} }
  const pair = new kept.WebSocketPair()
  const socket = pair[1]
  apply(accept, socket, [])
  apply(addEventListener, socket, ['message', (event) => {
    const said = apply(data, event, [])
    if (said === 'close') apply(close, socket, [4000, 'asked'])
    else apply(send, socket, [said === 'seen' ? (seen.length === 0 ? 'nothing' : 'something') : said])
  }])
  return new kept.Response(null, { __proto__: null, status: 101, webSocket: pair[0] })
} }`

for (const [what, patch] of Object.entries(PATCHES)) {
  test(what, async () => {
    await using t = await startSocketServer()
    await t.load('w', WORKER(patch))
    for (let round = 0; round < 2; round++) {
      const client = await t.connect('w')
      client.ws.send('h\u00e9llo')
      assert.equal(await client.next(), 'h\u00e9llo')
      client.ws.send(Buffer.from([1, 2, 3]))
      assert.deepEqual(await client.next(), Buffer.from([1, 2, 3]))
      client.ws.send('seen')
      assert.equal(await client.next(), 'nothing')
      client.ws.send('close')
      assert.deepEqual(await client.closed, { code: 4000, reason: 'asked' })
    }
  })
}
