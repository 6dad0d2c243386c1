import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { test } from 'node:test'
import { ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import { ASSET_PIECE_BYTES } from '../../src/assets.ts'
import { openContent, type PieceAddress } from '../../src/host/assets/asset-body.ts'
import { isByteSource } from '../../src/ops/byte-source.ts'
import { deploySite } from '../support/deploy-site.ts'
import { startFleet } from '../support/fleet.ts'
import { hashOf } from '../support/site.ts'

const MIB = 1024 * 1024

function open(port: number, host: string): Promise<http.IncomingMessage> {
  const outgoing = http.get({ port, path: '/large', headers: { host }, agent: false })
  return once(outgoing, 'response').then(([response]) => response as http.IncomingMessage)
}

test('a large file arrives as it is, and takes no memory of its host', async () => {
  await using fleet = await startFleet()
  const content = randomBytes(20 * MIB)
  const address = { tenant: 'vip', worker: 'site' }
  await fleet.admin.vouch('vip')
  await deploySite(fleet, address, { contents: { '/large': content } })
  const download = async (): Promise<string> => {
    const hash = createHash('sha256')
    for await (const chunk of await open(fleet.serve.port, `site.vip.localhost`)) hash.update(chunk as Buffer)
    return hash.digest('hex')
  }
  const memory = async (): Promise<number> => {
    const host = (await fleet.admin.hosts()).find(({ tier }) => tier === 'main')
    return host?.rss_bytes ?? 0
  }
  const expected = hashOf(content)
  assert.equal(await download(), expected)
  const before = await memory()
  assert.deepEqual(
    await Promise.all(Array.from({ length: 6 }, download)),
    Array.from({ length: 6 }, () => expected),
  )
  const grownBytes = (await memory()) - before
  assert.ok(grownBytes < 60 * MIB, `${Math.round(grownBytes / MIB)} MiB more for 120 MiB`)
})

test('of what nobody reads on no piece is fetched', async () => {
  const file = { hash: hashOf(''), bytes: 10 * MIB, type: 'text/plain' }
  const asked: number[] = []
  const pieces = {
    read({ index }: PieceAddress): Promise<Uint8Array> {
      asked.push(index)
      return Promise.resolve(new Uint8Array(ASSET_PIECE_BYTES))
    },
  }
  const version = { tenant: 't', worker: 'w', id: 'v', bundle: ASSETS_ONLY_BUNDLE }
  const body = await openContent(pieces, version, { path: '/a', file, start: 100_000, end: file.bytes })
  assert.ok(isByteSource(body))
  assert.deepEqual(asked, [1])
  assert.equal((await body.read())?.byteLength, 2 * ASSET_PIECE_BYTES - 100_000)
  assert.deepEqual(asked, [1])
  assert.equal((await body.read())?.byteLength, ASSET_PIECE_BYTES)
  assert.deepEqual(asked, [1, 2])
  body.cancel('enough')
  assert.equal(await body.read(), undefined)
  assert.deepEqual(asked, [1, 2])
})
