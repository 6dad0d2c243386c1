import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { test } from 'node:test'
import { fromAsyncIterable, fromBytes, fromReadable, fromWebStream, toReadable } from '../../src/ops/byte-source.ts'
import type { ByteSource } from '../../src/task.ts'
import { readText } from '../support/origin.ts'

const PIECES = ['one ', 'two ', 'three'].map((text) => new Uint8Array(Buffer.from(text)))

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield* PIECES
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('so far')
  throw new Error('no further')
}

function webStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(chunks)
}

const KINDS: Readonly<Record<string, (chunks: AsyncIterable<Uint8Array>) => ByteSource>> = {
  'a Node stream': (chunks) => fromReadable(Readable.from(chunks)),
  'a web stream': (chunks) => fromWebStream(webStream(chunks)),
  'an async iterable': fromAsyncIterable,
  'a Node stream and back': (chunks) => fromReadable(toReadable(fromAsyncIterable(chunks))),
}

for (const [kind, make] of Object.entries(KINDS)) {
  test(`${kind} is read to its end, and stays there`, async () => {
    const source = make(pieces())
    assert.equal(await readText(source), 'one two three')
    assert.equal(await source.read(), undefined)
  })

  test(`${kind} that fails does so at every read from then on, never as an end`, async () => {
    const source = make(failing())
    await assert.rejects(readText(source), { message: 'no further' })
    await assert.rejects(source.read(), { message: 'no further' })
  })

  test(`canceling ${kind} lets go of what is behind, and of a reader who waits`, async () => {
    const left = Promise.withResolvers<void>()
    const more = Promise.withResolvers<void>()
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('first')
        await more.promise
        yield Buffer.from('second')
      } finally {
        left.resolve()
      }
    }
    const source = make(watched())
    assert.equal(Buffer.from((await source.read()) ?? []).toString(), 'first')
    const waiting = source.read()
    source.cancel('enough')
    source.cancel('twice is once')
    more.resolve()
    assert.equal(await waiting, undefined)
    assert.equal(await source.read(), undefined)
    await left.promise
  })
}

test('bytes and text are one chunk, nothing is none, canceled is none', async () => {
  const bytes = fromBytes(Buffer.from('bytes'))
  assert.equal(await readText(bytes), 'bytes')
  assert.equal(await readText(fromBytes('tëxt')), 'tëxt')
  assert.equal(await fromBytes('').read(), undefined)
  const canceled = fromBytes('text')
  canceled.cancel('')
  assert.equal(await canceled.read(), undefined)
})

test('a Node stream closed before its end is an error', async () => {
  const stream = new PassThrough()
  stream.write('so far')
  const source = fromReadable(stream)
  assert.equal(Buffer.from((await source.read()) ?? []).toString(), 'so far')
  stream.destroy()
  await assert.rejects(source.read(), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
})

test('a Node stream that fails before anyone reads does not end the process', async () => {
  const stream = new PassThrough()
  const source = fromReadable(stream)
  stream.destroy(new Error('early'))
  await new Promise((resolve) => stream.once('close', resolve))
  await assert.rejects(source.read(), { message: 'early' })
})

test('nothing is asked for before it is needed', async () => {
  let asked = 0
  const source: ByteSource = {
    async read() {
      asked += 1
      return new Uint8Array(64 * 1024)
    },
    cancel() {},
  }
  const readable = toReadable(source)
  const back = fromReadable(readable)
  assert.equal(asked, 0)
  await back.read()
  await new Promise(setImmediate)
  assert.ok(asked <= 3, `${asked} chunks were asked for`)
  back.cancel('enough')
})

test('empty chunks are passed over', async () => {
  async function* sparse(): AsyncGenerator<Uint8Array> {
    for (const text of ['', 'a', '', '', 'b', '']) yield Buffer.from(text)
  }
  assert.equal(await readText(fromReadable(toReadable(fromAsyncIterable(sparse())))), 'ab')
})
