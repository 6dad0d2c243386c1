import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import { type BlobStore } from '../../src/control/blob-store.ts'
import { type Database, openDatabase } from '../../src/control/database.ts'
import { sqliteBlobStore } from '../../src/control/sqlite-blob-store.ts'
import { sqliteStore } from '../../src/control/sqlite-store.ts'
import type { Store, VersionRow } from '../../src/control/store.ts'
import { packVersion } from '../../src/wire/version-text.ts'
import { type Contents, hashOf, manifestOf } from '../support/site.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** Those that came in the past, which is all of them. */
const AT_ONCE = -1000
const LATER = 60_000

interface Stores {
  readonly database: Database
  readonly blobs: BlobStore
  readonly store: Store
}

function openStores(folder: string): Stores {
  const database = openDatabase(join(folder, 'isopod.db'))
  return { database, blobs: sqliteBlobStore(database), store: sqliteStore(database) }
}

function put(blobs: BlobStore, content: Uint8Array | string, tenant: string = 'acme'): string {
  const upload = blobs.begin(tenant)
  const bytes = Buffer.from(content)
  for (let i = 0; i < bytes.length; i += 50_000) upload.write(bytes.subarray(i, i + 50_000))
  upload.finish(hashOf(content))
  return hashOf(content)
}

const NOTE = { author: '', message: '', time: 0 }

function add({ blobs, store }: Stores, contents: Contents, tenant: string = 'acme'): VersionRow {
  for (const content of Object.values(contents)) put(blobs, content, tenant)
  const version = { tenant, worker: 'site', id: 'v', bundle: ASSETS_ONLY_BUNDLE, assets: manifestOf(contents) }
  return store.addVersion(packVersion(version), NOTE)
}

test('what a stored version refers to stays, whoever else let go of it', () => {
  using dir = tmpDir()
  const stores = openStores(dir.path)
  const { blobs, database, store } = stores
  const first = add(stores, { '/a': 'a', '/shared': 'shared' })
  const second = add(stores, { '/b': 'b', '/shared': 'shared' })
  const foreign = add(stores, { '/shared': 'shared' }, 'other')
  assert.equal(blobs.collect(AT_ONCE), 0)
  store.removeVersion(first.number)
  assert.equal(blobs.collect(LATER), 0)
  assert.equal(blobs.collect(AT_ONCE), 1)
  assert.deepEqual(blobs.missing('acme', ['a', 'b', 'shared'].map(hashOf)), [hashOf('a')])
  assert.equal(blobs.piece({ number: first.number, path: '/shared', index: 0 }), undefined)
  assert.equal(blobs.piece({ number: second.number, path: '/shared', index: 0 })?.tenant, 'acme')
  store.addDeployment(second, [{ number: second.number, percent: 100 }], NOTE)
  store.removeWorker(second)
  assert.equal(blobs.collect(AT_ONCE), 2)
  assert.equal(blobs.piece({ number: foreign.number, path: '/shared', index: 0 })?.tenant, 'other')
  store.removeVersion(foreign.number)
  assert.equal(blobs.collect(AT_ONCE), 1)
  for (const table of ['blobs', 'blob_pieces', 'blob_uses']) {
    assert.equal(database.sql.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'], 0, table)
  }
})

test('versions that are forgotten for newer ones let go of theirs', () => {
  using dir = tmpDir()
  const stores = openStores(dir.path)
  for (let i = 0; i < 28; i++) {
    const row = add(stores, { '/a': `content ${i}` })
    stores.store.addDeployment(row, [{ number: row.number, percent: 100 }], NOTE)
  }
  assert.equal(stores.blobs.collect(AT_ONCE), 3)
  stores.database[Symbol.dispose]()
  const { blobs } = openStores(dir.path)
  assert.deepEqual(blobs.missing('acme', [hashOf('content 2'), hashOf('content 3')]), [hashOf('content 2')])
})

test('a content is stored once, in pieces, and an upload that broke off leaves nothing', () => {
  using dir = tmpDir()
  const { blobs, database, store } = openStores(dir.path)
  const content = Buffer.alloc(2_500_000, 'isopod')
  put(blobs, content)
  put(blobs, content)
  const broken = blobs.begin('acme')
  broken.write(content)
  broken.abandon()
  blobs.begin('acme').write(content)
  assert.equal(blobs.collect(AT_ONCE), 2)
  put(blobs, content)
  const version = {
    tenant: 'acme',
    worker: 'w',
    id: 'v',
    bundle: ASSETS_ONLY_BUNDLE,
    assets: manifestOf({ '/c': content }),
  }
  const { number } = store.addVersion(packVersion(version), NOTE)
  const pieces: Uint8Array[] = []
  for (let index = 0; ; index++) {
    const piece = blobs.piece({ number, path: '/c', index })
    if (piece === undefined) break
    assert.ok(piece.bytes.byteLength <= 64 * 1024)
    pieces.push(piece.bytes)
  }
  assert.equal(Buffer.concat(pieces).equals(content), true)
  assert.equal(database.sql.prepare('SELECT count(*) AS n FROM blobs').get()?.['n'], 1)
})
