import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromAsyncIterable, fromBytes } from '../../src/ops/byte-source.ts'
import { BodyTooLarge, collectBytes, collectText } from '../../src/ops/collect-body.ts'
import type { ByteSource } from '../../src/task.ts'

function chunked(bytes: Uint8Array, size: number): ByteSource {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.byteLength; i += size) yield bytes.subarray(i, i + size)
  }
  return fromAsyncIterable(chunks())
}

test('a body over the limit is an error that says so, and its source is canceled', async () => {
  for (const collect of [collectBytes, collectText]) {
    let reason = ''
    const endless: ByteSource = {
      read: async () => new Uint8Array(1000),
      cancel: (why) => (reason = why),
    }
    await assert.rejects(collect(endless, 9999), (error) => {
      assert.ok(error instanceof BodyTooLarge && error instanceof RangeError)
      assert.match(error.message, /larger than the 9999 bytes/)
      return true
    })
    assert.notEqual(reason, '')
    await assert.doesNotReject(collect(chunked(new Uint8Array(9999), 1000), 9999))
  }
})

test('bytes own their buffer, and are a copy', async () => {
  const large = Buffer.alloc(100, 7)
  const bytes = await collectBytes(fromBytes(large.subarray(10, 20)), 1000)
  assert.deepEqual(bytes, new Uint8Array(10).fill(7))
  assert.equal(bytes.buffer.byteLength, 10)
  large.fill(0)
  assert.equal(bytes[0], 7)
  assert.equal((await collectBytes(fromBytes(''), 1000)).byteLength, 0)
})

test('text is UTF-8 wherever the chunks are cut; one byte order mark goes, what is malformed is replaced', async () => {
  const cases: readonly [bytes: Uint8Array, text: string][] = [
    [Buffer.from('snow ☃ and 🦞'), 'snow ☃ and 🦞'],
    [Buffer.from('\ufeff\ufeffmarked'), '\ufeffmarked'],
    [Buffer.from([0x61, 0xff, 0xe2, 0x98]), 'a\ufffd\ufffd'],
    [Buffer.from([]), ''],
  ]
  for (const [bytes, text] of cases) {
    for (const size of [1, 2, 3, 100]) assert.equal(await collectText(chunked(bytes, size), 1000), text)
  }
})
