import assert from 'node:assert/strict'
import { test } from 'node:test'
import zlib from 'node:zlib'
import { FULL_PIECE_BYTES } from '../../src/bridge/compression.ts'
import { Codec } from '../../src/ops/compression/codec.ts'
import { createCoder } from '../../src/ops/compression/coders.ts'

test('output comes in pieces of bounded size, the last one short', async () => {
  using codec = new Codec(createCoder('decompress', 'gzip'), () => {})
  const length = 10 * 1024 * 1024 + 5
  let { bytes } = await codec.feed(zlib.gzipSync(Buffer.alloc(length)))
  let total = bytes.byteLength
  while (bytes.byteLength >= FULL_PIECE_BYTES) {
    assert.ok(bytes.byteLength <= 2 * FULL_PIECE_BYTES)
    bytes = (await codec.next()).bytes
    total += bytes.byteLength
  }
  assert.equal(total, length)
  assert.equal((await codec.finish()).bytes.byteLength, 0)
})

test('output before an error is not lost', async () => {
  using codec = new Codec(createCoder('decompress', 'deflate'), () => {})
  const { bytes, failure } = await codec.feed(Buffer.concat([zlib.deflateSync('before'), Buffer.from('x')]))
  assert.equal(Buffer.from(bytes).toString(), 'before')
  assert.match(failure?.message ?? '', /more after the end/)
  await assert.rejects(codec.feed(new Uint8Array(1)), TypeError)
})

test('one call at a time', async () => {
  using codec = new Codec(createCoder('compress', 'gzip'), () => {})
  const first = codec.feed(new Uint8Array(1000))
  await assert.rejects(codec.feed(new Uint8Array(1)), /at work already/)
  await assert.rejects(codec.next(), /at work already/)
  await first
})

test('given up while it works, it says so', async () => {
  const codec = new Codec(createCoder('compress', 'brotli'), () => {})
  const piece = codec.feed(new Uint8Array(60_000))
  codec[Symbol.dispose]()
  await assert.rejects(piece, /given up/)
  await assert.rejects(codec.finish(), /given up/)
})
