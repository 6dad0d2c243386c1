import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ASSET_PIECE_BYTES } from '../../src/assets.ts'
import type { PieceAddress } from '../../src/host/assets/asset-body.ts'
import { PieceCache } from '../../src/host/assets/piece-cache.ts'

function addressOf(hash: string, more: Partial<PieceAddress> = {}): PieceAddress {
  return { tenant: 't', number: 1, path: '/a', hash, fileBytes: ASSET_PIECE_BYTES, index: 0, ...more }
}

/** Says what was fetched, as `tenant/hash`. */
function startCache(): { readonly cache: PieceCache; readonly fetched: string[] } {
  const fetched: string[] = []
  const cache = new PieceCache(async ({ hash, tenant }) => {
    fetched.push(`${tenant}/${hash}`)
    return new Uint8Array(ASSET_PIECE_BYTES)
  })
  return { cache, fetched }
}

test('a piece is fetched once, for all who want it', async () => {
  const { cache, fetched } = startCache()
  await Promise.all([cache.read(addressOf('a')), cache.read(addressOf('a'))])
  await cache.read(addressOf('a', { number: 2, path: '/b' }))
  assert.deepEqual(fetched, ['t/a'])
  await cache.read(addressOf('a', { tenant: 'other' }))
  assert.deepEqual(fetched, ['t/a', 'other/a'])
})

test('the least recently used go first, and large files never come', async () => {
  const { cache, fetched } = startCache()
  const large = addressOf('large', { fileBytes: 20 * 1024 * 1024 })
  await cache.read(large)
  await cache.read(large)
  assert.deepEqual(fetched.splice(0), ['t/large', 't/large'])
  await cache.read(addressOf('first'))
  await cache.read(addressOf('second'))
  for (let i = 0; i < 1018; i++) await cache.read(addressOf(`filling-${i}`))
  fetched.length = 0
  await cache.read(addressOf('first'))
  assert.deepEqual(fetched, [])
  await cache.read(addressOf('one more'))
  await cache.read(addressOf('first'))
  await cache.read(addressOf('second'))
  assert.deepEqual(fetched, ['t/one more', 't/second'])
})

test('what failed is asked for again', async () => {
  let isBroken = true
  const cache = new PieceCache(async () => {
    if (isBroken) throw new Error('away')
    return new Uint8Array(1)
  })
  await assert.rejects(async () => cache.read(addressOf('a')), /away/)
  isBroken = false
  assert.equal((await cache.read(addressOf('a'))).byteLength, 1)
})
