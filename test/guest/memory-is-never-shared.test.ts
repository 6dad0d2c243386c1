import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** (memory (export "m") 1 1 shared) */
const EXPORTS_SHARED = `new Uint8Array([0,97,115,109,1,0,0,0, 5,4,1,3,1,1, 7,5,1,1,109,2,0])`

const WAYS = {
  'a shared WebAssembly.Memory': `return new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }).buffer`,
  'a descriptor that says so the second time': `let n = 0; return new WebAssembly.Memory({ initial: 1, maximum: 2, get shared() { return n++ > 0 } }).buffer`,
  'a class of its own': `return new (class extends WebAssembly.Memory {})({ initial: 1, maximum: 2, shared: true }).buffer`,
  'the original constructor': `return new (WebAssembly.Memory.prototype.constructor)({ initial: 1, maximum: 2, shared: true }).buffer`,
  'Reflect.construct': `return Reflect.construct(WebAssembly.Memory, [{ initial: 1, maximum: 2, shared: true }], Object).buffer`,
  'the export of a module': `return new WebAssembly.Instance(new WebAssembly.Module(${EXPORTS_SHARED})).exports.m.buffer`,
  'the export of a module, without its getter': `const m = new WebAssembly.Instance(new WebAssembly.Module(${EXPORTS_SHARED})).exports.m
    Object.setPrototypeOf(m, null); return structuredClone(m)`,
  'a clone': `return structuredClone(new WebAssembly.Instance(new WebAssembly.Module(${EXPORTS_SHARED})).exports.m)`,
  'a patched brand check': `Object.defineProperty(ArrayBuffer.prototype, 'byteLength', { get: () => 1 }); return new WebAssembly.Instance(new WebAssembly.Module(${EXPORTS_SHARED})).exports.m.buffer`,
}

for (const [way, body] of Object.entries(WAYS)) {
  test(`by ${way}`, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `function get() { ${body} }
      export default { fetch() {
        let found = 'nothing'
        try { found = Object.prototype.toString.call(get()) } catch (error) { found = error.name }
        return new Response(found)
      } }`,
    )
    assert.match((await t.fetch('w')).text, /^(?:TypeError|DataCloneError|\[object ArrayBuffer\]|\[object Object\])$/)
  })
}
