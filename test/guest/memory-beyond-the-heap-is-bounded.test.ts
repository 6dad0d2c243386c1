// Memory that V8's heap limit does not count. Not bounded inside the guest: memories that a module defines for itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

/** Each makes memory for ever, and keeps it. */
const HOGS = {
  'resizable buffers': 'new ArrayBuffer(8, { maxByteLength: 2 ** 20 })',
  'small resizable buffers': 'new ArrayBuffer(0, { maxByteLength: 1 })',
  'one resizable buffer that is too large': 'new ArrayBuffer(8, { maxByteLength: 2 ** 30 })',
  'a class of resizable buffers': 'new (class extends ArrayBuffer {})(8, { maxByteLength: 2 ** 20 })',
  'resizable buffers by the original constructor':
    'new (ArrayBuffer.prototype.constructor)(8, { maxByteLength: 2 ** 20 })',
  'clones of a resizable buffer': 'structuredClone(kept ??= new ArrayBuffer(8, { maxByteLength: 2 ** 20 }))',
  'resizable buffers that were handed on': 'new ArrayBuffer(8, { maxByteLength: 2 ** 20 }).transfer()',
  'resizable buffers that were handed on by structuredClone':
    '(() => { const buffer = new ArrayBuffer(8, { maxByteLength: 2 ** 20 }); return structuredClone(buffer, { transfer: [buffer] }) })()',
  'WebAssembly memories': 'new WebAssembly.Memory({ initial: 1 })',
  'a WebAssembly memory that grows':
    '(() => { const memory = new WebAssembly.Memory({ initial: 0 }); for (;;) memory.grow(16) })()',
  'WebAssembly memories of their largest size': 'new WebAssembly.Memory({ initial: 2048 })',
}

for (const [what, hog] of Object.entries(HOGS)) {
  test(`${what} end in a RangeError, and what was given up can be had again`, async () => {
    await using t = startRuntime({ mode: 'persistent' })
    await t.load(
      'w',
      `let kept
      export default { async fetch() {
        const all = []
        try { for (;;) all.push(${hog}) } catch (error) { return new Response(error.name + ' ' + all.length) }
      } }`,
      { limits: { cpuMs: 20_000, heapMb: 32 } },
    )
    const first = await t.fetch('w')
    assert.match(first.text, /^RangeError \d+$/, first.error?.message)
    assert.ok(Number(first.text.slice('RangeError '.length)) <= 1024)
    assert.equal((await t.fetch('w')).text, first.text)
  })
}

test('what is bounded looks and works as before', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { execute() {
      const buffer = new ArrayBuffer(8, { maxByteLength: 16 })
      buffer.resize(16)
      class Mine extends ArrayBuffer {}
      const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 })
      let unnamed; try { ArrayBuffer(1) } catch (error) { unnamed = error.name }
      return [
        ArrayBuffer.name, ArrayBuffer.length, ArrayBuffer[Symbol.species] === ArrayBuffer, ArrayBuffer.isView(new Uint8Array(1)),
        new ArrayBuffer(3).constructor === ArrayBuffer, new Uint8Array(2).buffer instanceof ArrayBuffer, new ArrayBuffer().byteLength,
        new Mine(4) instanceof Mine, new Mine(4).slice(1).byteLength, unnamed, Object.keys(ArrayBuffer),
        buffer.byteLength, buffer.resizable, buffer.transfer(9).byteLength, new ArrayBuffer(4).transfer().byteLength, ArrayBuffer.prototype.transfer.name,
        WebAssembly.Memory.name, WebAssembly.Memory.length, memory instanceof WebAssembly.Memory, memory.grow(1), memory.buffer.byteLength,
        Object.prototype.toString.call(memory), WebAssembly.Memory.prototype.grow.length,
      ]
    } }`,
  )
  const { output = '', error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  assert.deepEqual(JSON.parse(output), [
    'ArrayBuffer',
    1,
    true,
    true,
    true,
    true,
    0,
    true,
    3,
    'TypeError',
    [],
    16,
    true,
    9,
    4,
    'transfer',
    'Memory',
    1,
    true,
    1,
    2 * 65536,
    '[object WebAssembly.Memory]',
    1,
  ])
})
