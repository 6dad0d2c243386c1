// What the store in memory does and what the file does are the same: expiry, order, quota, and values that are replaced
// while somebody reads them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { INLINE_BYTES, type KvEntry, PART_BYTES } from '../../src/host/kv/kv-store.ts'
import { partsOf } from '../../src/host/kv/value-parts.ts'
import { KV_STORES, type TestKvStore } from '../support/kv-stores.ts'

const SCOPE = { tenant: 'acme', namespace: 'main' }
const MIB = 1024 * 1024

function putting({ store }: TestKvStore, key: string, bytes: Uint8Array, expires?: number): Promise<void> {
  return store.put(SCOPE, { key, parts: partsOf(bytes), expires })
}

async function keysOf({ store }: TestKvStore, prefix = '', after?: string): Promise<string[]> {
  return (await store.list(SCOPE, { prefix, limit: 1000, after })).keys.map(({ key }) => key)
}

for (const [name, open] of Object.entries(KV_STORES)) {
  test(`${name}: a value is not given once its time has passed, nor its key listed`, async () => {
    using t = open(MIB)
    await putting(t, 'short', Buffer.from('x'), 1060)
    await putting(t, 'long', Buffer.from('x'), 2000)
    t.nowMs = 1_059_999
    assert.equal((await t.store.get(SCOPE, 'short'))?.expires, 1060)
    assert.deepEqual(await keysOf(t), ['long', 'short'])
    t.nowMs = 1_060_000
    assert.equal(await t.store.get(SCOPE, 'short'), undefined)
    assert.deepEqual(await keysOf(t), ['long'])
  })

  test(`${name}: what has expired is swept, and its room is free again`, async () => {
    using t = open(MIB)
    for (let i = 0; i < 500; i++) await putting(t, `k${i}`, new Uint8Array(1900), 1060)
    await assert.rejects(putting(t, 'more', new Uint8Array(100_000)), { code: 'KV_QUOTA' })
    t.nowMs = 1_060_000
    await t.sweep()
    await putting(t, 'more', new Uint8Array(900_000))
    assert.deepEqual(await keysOf(t), ['more'])
  })

  test(`${name}: the quota is the tenant's, and what makes it less is always taken`, async () => {
    using t = open(MIB)
    await putting(t, 'a', new Uint8Array(600_000))
    const other = { tenant: 'acme', namespace: 'other' }
    const put = { key: 'b', parts: partsOf(new Uint8Array(600_000)) }
    await assert.rejects(t.store.put(other, put), {
      code: 'KV_QUOTA',
      message: /would use 1200\d+ of the 1048576 bytes/,
    })
    await t.store.put({ tenant: 'rival', namespace: 'other' }, put)
    await putting(t, 'a', new Uint8Array(600_001))
    await putting(t, 'a', new Uint8Array(100))
    await t.store.put(other, put)
    await t.store.delete(other, 'b')
    await t.store.put(other, { ...put, key: 'c' })
    assert.equal(await t.store.get(other, 'b'), undefined)
  })

  test(`${name}: keys come in the order of their UTF-8, page by page`, async () => {
    using t = open(MIB)
    const keys = ['', 'a', 'a\0', 'a/', 'aa', 'b', '\u00e4', '\uffee', '\u{1f600}'].slice(1)
    for (const key of keys.toReversed()) await putting(t, key, Buffer.from(key))
    assert.deepEqual(await keysOf(t), keys)
    assert.deepEqual(await keysOf(t, 'a'), ['a', 'a\0', 'a/', 'aa'])
    assert.deepEqual(await keysOf(t, 'a', 'a\0'), ['a/', 'aa'])
    const paged: string[] = []
    for (let after: string | undefined; ; after = paged.at(-1)) {
      const page = await t.store.list(SCOPE, { prefix: '', limit: 3, after })
      paged.push(...page.keys.map(({ key }) => key))
      if (page.isComplete) break
    }
    assert.deepEqual(paged, keys)
  })

  test(`${name}: a value that is replaced can be read to its end for a while`, async () => {
    using t = open(10 * MIB)
    const bytes = new Uint8Array(PART_BYTES * 2 + 7).fill(1)
    await putting(t, 'big', bytes)
    const { id, size, value } = (await t.store.get(SCOPE, 'big')) as KvEntry
    assert.deepEqual([size, value], [bytes.byteLength, undefined])
    await putting(t, 'big', new Uint8Array(INLINE_BYTES).fill(2))
    const partSizes = async (): Promise<(number | undefined)[]> => {
      const parts = [0, 1, 2, 3].map((index) => t.store.part(SCOPE, { id, index }))
      return (await Promise.all(parts)).map((part) => part?.byteLength)
    }
    t.nowMs += 59_000
    await t.sweep()
    assert.deepEqual(await partSizes(), [PART_BYTES, PART_BYTES, 7, undefined])
    assert.equal(await t.store.part({ ...SCOPE, tenant: 'rival' }, { id, index: 0 }), undefined)
    assert.equal(await t.store.part({ ...SCOPE, namespace: 'other' }, { id, index: 0 }), undefined)
    t.nowMs += 2_000
    await t.sweep()
    assert.deepEqual(await partSizes(), [undefined, undefined, undefined, undefined])
    assert.equal((await t.store.get(SCOPE, 'big'))?.value?.[INLINE_BYTES - 1], 2)
  })
}
