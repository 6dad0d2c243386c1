import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('of any buffer, in both places that have it', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  await t.load(
    'w',
    `const outcome = (work) => { try { return work() } catch (error) { return error.name } }
    export default { execute() {
      const bytes = (...items) => new Uint8Array(items)
      const whole = bytes(9, 1, 2, 3, 9)
      const detached = new ArrayBuffer(3)
      structuredClone(detached, { transfer: [detached] })
      return [(a, b) => crypto.timingSafeEqual(a, b), (a, b) => crypto.subtle.timingSafeEqual(a, b)].map((equal) => [
        equal(bytes(1, 2, 3), bytes(1, 2, 3)),
        equal(bytes(1, 2, 3), bytes(1, 2, 4)),
        equal(bytes(1, 2, 3).buffer, new DataView(whole.buffer, 1, 3)),
        equal(whole.subarray(1, 4), bytes(1, 2, 3)),
        equal(new Uint16Array([1, 2]), new Uint16Array([1, 2])),
        equal(bytes(), detached),
        outcome(() => equal(bytes(1), bytes(1, 2))),
        outcome(() => equal('abc', 'abc')),
        outcome(() => equal(bytes(1))),
        outcome(() => Crypto.prototype.timingSafeEqual.call({}, bytes(1), bytes(1))),
        outcome(() => SubtleCrypto.prototype.timingSafeEqual.call({}, bytes(1), bytes(1))),
      ])
    } }`,
  )
  const { output = '', error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  const expected = [true, false, true, true, true, true, ...Array(5).fill('TypeError')]
  assert.deepEqual(JSON.parse(output), [expected, expected])
})
