import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** ECMAScript, without what `harden` takes away. */
const LANGUAGE =
  `AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack Error EvalError
  Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object
  Promise Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array
  Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet WebAssembly decodeURI decodeURIComponent encodeURI
  encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape`.split(/\s+/)

const PLATFORM =
  `AbortController AbortSignal Blob BroadcastChannel ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy
  Crypto CryptoKey CustomEvent DOMException DecompressionStream ErrorEvent Event EventSource EventTarget File
  FixedLengthStream FormData Headers IdentityTransformStream MessageChannel MessageEvent MessagePort Navigator
  Performance PromiseRejectionEvent QuotaExceededError ReadableByteStreamController ReadableStream
  ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader
  Request Response Scheduler SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream
  TransformStreamDefaultController URL URLPattern URLSearchParams WebSocket WebSocketPair WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter addEventListener atob btoa clearInterval clearTimeout
  console crypto dispatchEvent fetch navigator onerror onrejectionhandled onunhandledrejection performance queueMicrotask
  removeEventListener reportError scheduler self
  setInterval setTimeout structuredClone`.split(/\s+/)

const REPORT = `Object.getOwnPropertyNames(globalThis).concat(Object.getOwnPropertySymbols(globalThis).map(String))`

test('while the program loads, and while it runs', async () => {
  await using t = startRuntime()
  await t.load('w', `const atLoad = ${REPORT}; export default { execute: () => [atLoad, ${REPORT}] }`)
  const { output = '' } = await t.runtime.dispatch('w', { type: 'execute' })
  const [atLoad, later]: [string[], string[]] = JSON.parse(output)
  assert.deepEqual(later, atLoad)
  // V8 14 brings Temporal.
  const allowed = new Set([...LANGUAGE, ...PLATFORM, 'Temporal'])
  // Engines differ in what the newest language brings; nothing else may be there.
  assert.deepEqual(
    later.filter((name) => !allowed.has(name)),
    // Cannot be deleted; the next test sees that there is nothing behind it.
    ['gc'],
  )
  assert.deepEqual(
    PLATFORM.filter((name) => !later.includes(name)),
    [],
  )
})

test('and nothing of the runtime, of the host, or for measuring others', async () => {
  await using t = startRuntime()
  const names =
    '__isopod__ isopod gc FinalizationRegistry WeakRef SharedArrayBuffer Atomics process require module Buffer global ivm $0 install enter _ivm log'.split(
      ' ',
    )
  await t.load(
    'w',
    `export default { execute: (names) => names.filter((name) => { try { return eval('typeof ' + name) !== 'undefined' } catch { return false } }) }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute', input: names })
  assert.equal(output, '[]')
})

test('whose functions lead to no compiler of the host', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async fetch(request, env, ctx) {
      const roots = { request, env, ctx, globalThis, response: new Response('x').body, stack: new Error().stack }
      const seen = new Set()
      const found = []
      const visit = (value, path, depth) => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value) || depth > 8) return
        seen.add(value)
        if (typeof value === 'function') {
          // A function of another realm would have another Function behind it.
          let maker
          try { maker = Object.getPrototypeOf(value).constructor } catch {}
          try { if (typeof maker === 'function' && maker('return typeof process')() !== 'undefined') found.push(path) } catch {}
        }
        for (const key of Reflect.ownKeys(value)) {
          let descriptor
          try { descriptor = Object.getOwnPropertyDescriptor(value, key) } catch { continue }
          if (!descriptor) continue
          visit(descriptor.value, path + '.' + String(key), depth + 1)
          visit(descriptor.get, path + '.get ' + String(key), depth + 1)
          visit(descriptor.set, path + '.set ' + String(key), depth + 1)
        }
        visit(Object.getPrototypeOf(value), path + '.__proto__', depth + 1)
      }
      for (const [name, root] of Object.entries(roots)) visit(root, name, 0)
      return Response.json({ count: seen.size, found })
    } }`,
    { limits: { cpuMs: 5000 } },
  )
  const { text } = await t.fetch('w')
  const { count, found } = JSON.parse(text)
  assert.ok(count > 1000, `${count} objects`)
  assert.deepEqual(found, [])
})
