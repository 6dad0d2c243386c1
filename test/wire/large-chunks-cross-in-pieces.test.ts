import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromAsyncIterable } from '../../src/ops/byte-source.ts'
import { inPieces } from '../../src/wire/in-pieces.ts'

async function* chunks(...lengths: number[]): AsyncGenerator<Uint8Array> {
  let next = 0
  for (const length of lengths) yield Uint8Array.from({ length }, () => next++ % 251)
}

test('every byte comes, in order, and no piece is larger than may be', async () => {
  const pieces: Uint8Array[] = []
  const source = inPieces(fromAsyncIterable(chunks(3, 10, 25, 1, 20)), 10)
  for (let piece = await source.read(); piece !== undefined; piece = await source.read()) pieces.push(piece)
  assert.deepEqual(
    pieces.map(({ byteLength }) => byteLength),
    [3, 10, 10, 10, 5, 1, 10, 10],
  )
  assert.deepEqual(Buffer.concat(pieces), Buffer.from(Array.from({ length: 59 }, (_, i) => i % 251)))
  assert.equal(await source.read(), undefined)
})

test('what is left of a chunk is not read after a cancel, which reaches the source', async () => {
  const reasons: string[] = []
  const source = inPieces(
    {
      read: () => Promise.resolve(reasons.length === 0 ? new Uint8Array(30) : undefined),
      cancel: (reason) => void reasons.push(reason),
    },
    10,
  )
  assert.equal((await source.read())?.byteLength, 10)
  source.cancel('enough')
  assert.deepEqual(reasons, ['enough'])
  assert.equal(await source.read(), undefined)
})
