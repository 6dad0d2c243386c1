// The KV stores there are, with a clock that a test sets: the one in memory, and the file as the thread that has it sees it.
import { join } from 'node:path'
import { openDatabase } from '../../src/control/database.ts'
import { type KvFile, kvFile } from '../../src/control/kv/kv-file.ts'
import { KV_MIGRATIONS } from '../../src/control/kv/kv-migrations.ts'
import type { KvStore } from '../../src/host/kv/kv-store.ts'
import { MemoryKvStore } from '../../src/host/kv/memory-kv-store.ts'
import { tmpDir } from './tmp-dir.ts'

export interface TestKvStore extends Disposable {
  readonly store: KvStore
  /** Unix time in milliseconds. */
  nowMs: number
  /** Until there is nothing left to sweep. */
  sweep(): Promise<void>
}

export const KV_STORES: Readonly<Record<string, (quotaBytes: number) => TestKvStore>> = {
  'in memory': (quotaBytes) => {
    const opened: TestKvStore = {
      nowMs: 1_000_000,
      store: new MemoryKvStore({ quotaBytes, now: () => opened.nowMs }),
      async sweep() {
        const elsewhere = { tenant: 'nobody', namespace: 'none' }
        for (let calls = 0; calls < 100; calls++) await opened.store.delete(elsewhere, 'none')
      },
      [Symbol.dispose]: () => undefined,
    }
    return opened
  },
  'in a file': (quotaBytes) => {
    const dir = tmpDir()
    const database = openDatabase(join(dir.path, 'kv.db'), KV_MIGRATIONS)
    const file: KvFile = kvFile(database, { quotaBytes, now: () => opened.nowMs })
    const opened: TestKvStore = {
      nowMs: 1_000_000,
      store: {
        get: async (scope, key) => file.get(scope, key),
        part: async (scope, part) => file.part(scope, part),
        list: async (scope, listing) => file.list(scope, listing),
        put: async (scope, put) => database.transaction(() => file.put(scope, put)),
        delete: async (scope, key) => database.transaction(() => file.delete(scope, key)),
      },
      async sweep() {
        while (file.sweep()) continue
      },
      [Symbol.dispose]() {
        database[Symbol.dispose]()
        dir[Symbol.dispose]()
      },
    }
    return opened
  },
}
