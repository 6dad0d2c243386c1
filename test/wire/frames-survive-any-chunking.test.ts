import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeFrame, FrameReader } from '../../src/wire/frames.ts'

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('frames of all sizes arrive whole, however the stream is cut', () => {
  const next = random(1)
  for (let round = 0; round < 200; round++) {
    const sent = Array.from({ length: 20 }, (_, i) => ({
      message: { i, text: 'é'.repeat(Math.floor(next() ** 4 * 5000)) },
      bytes: next() < 0.5 ? undefined : new Uint8Array(Math.floor(next() ** 4 * 5000)).fill(i),
    }))
    const stream = Buffer.concat(sent.flatMap(({ bytes, message }) => encodeFrame(message, bytes)))
    const reader = new FrameReader()
    const received = []
    for (let at = 0; at < stream.length;) {
      const end = at + Math.floor(next() ** 3 * 3000)
      received.push(...reader.read(Buffer.from(stream.subarray(at, end))))
      at = end
    }
    assert.deepEqual(received, sent)
  }
})

test('no bytes and empty bytes are told apart', () => {
  const frames = new FrameReader().read(Buffer.concat([...encodeFrame({}), ...encodeFrame({}, new Uint8Array())]))
  assert.deepEqual(
    frames.map(({ bytes }) => bytes),
    [undefined, new Uint8Array()],
  )
})

test('a length beyond the bound is refused before anything is kept for it', () => {
  for (const [text, bytes] of [
    [0xffff_ffff, 0],
    [2, 0xffff_ffff],
  ] as const) {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(text, 0)
    head.writeUInt32LE(bytes, 4)
    assert.throws(() => new FrameReader().read(head), /too large/)
  }
})

test('garbage is an error or waits for more, and never a message made up', () => {
  const next = random(2)
  for (let round = 0; round < 2000; round++) {
    const garbage = Buffer.from(Array.from({ length: 40 }, () => Math.floor(next() * 256)))
    // Short lengths, so that some of it is taken for text.
    garbage.writeUInt32LE(Math.floor(next() * 24), 0)
    garbage.writeUInt32LE(Math.floor(next() * 8), 4)
    try {
      for (const { message } of new FrameReader().read(garbage)) JSON.stringify(message)
    } catch (error) {
      assert.ok(error instanceof Error)
    }
  }
})
