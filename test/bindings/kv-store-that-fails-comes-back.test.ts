import assert from 'node:assert/strict'
import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ThreadedKvStore } from '../../src/control/kv/threaded-kv-store.ts'
import { eventually } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const SCOPE = { tenant: 'acme', namespace: 'main' }

test('a file that cannot be opened fails its calls, and is tried again', async () => {
  using dir = tmpDir()
  const path = join(dir.path, 'kv.db')
  mkdirSync(path)
  using store = new ThreadedKvStore({ path, quotaBytes: 1_000_000 })
  await assert.rejects(store.put(SCOPE, { key: 'key', parts: [] }), { code: 'STORE_FAILED', message: /unable to open/ })
  await assert.rejects(store.get(SCOPE, 'key'), { code: 'STORE_FAILED' })
  rmdirSync(path)
  await eventually(
    () =>
      store.get(SCOPE, 'key').then(
        () => 'answered',
        () => 'failed',
      ),
    (answer) => answer === 'answered',
  )
  const writes = Array.from({ length: 100 }, (_, i) => store.put(SCOPE, { key: `k${i}`, parts: [Buffer.from(`${i}`)] }))
  await Promise.all(writes)
  const { keys } = await store.list(SCOPE, { prefix: 'k', limit: 1000 })
  assert.equal(keys.length, 100)
})
