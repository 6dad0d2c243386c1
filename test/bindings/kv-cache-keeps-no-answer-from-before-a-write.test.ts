import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CachedKvStore } from '../../src/host/kv/cached-kv-store.ts'
import type { KvEntry, KvScope } from '../../src/host/kv/kv-store.ts'
import { MemoryKvStore } from '../../src/host/kv/memory-kv-store.ts'

const SCOPE = { tenant: 'acme', namespace: 'main' }

/** Answers with what was there when it was asked, once it is told to. */
class SlowStore extends MemoryKvStore {
  gate: Promise<void> = Promise.resolve()
  asked = 0

  override async get(scope: KvScope, key: string): Promise<KvEntry | undefined> {
    this.asked += 1
    const entry = await super.get(scope, key)
    await this.gate
    return entry
  }
}

const put = (store: CachedKvStore, value: string): Promise<void> =>
  store.put(SCOPE, { key: 'key', parts: [Buffer.from(value)] })
const get = async (store: CachedKvStore): Promise<string> =>
  Buffer.from((await store.get(SCOPE, 'key'))?.value ?? []).toString()

test('an answer that was on its way when its key was written is given, and not kept', async () => {
  const slow = new SlowStore()
  const store = new CachedKvStore(slow)
  await put(store, 'old')
  const { promise, resolve } = Promise.withResolvers<void>()
  slow.gate = promise
  const reading = get(store)
  await put(store, 'new')
  resolve()
  assert.equal(await reading, 'old')
  assert.equal(await get(store), 'new')
})

test('who gets a value may change it', async () => {
  const slow = new SlowStore()
  const store = new CachedKvStore(slow)
  await put(store, 'value')
  ;(await store.get(SCOPE, 'key'))?.value?.fill(0)
  assert.equal(await get(store), 'value')
})

test('a deleted key is gone at once', async () => {
  const store = new CachedKvStore(new SlowStore())
  await put(store, 'value')
  assert.equal(await get(store), 'value')
  await store.delete(SCOPE, 'key')
  assert.equal(await get(store), '')
})
