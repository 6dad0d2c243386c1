import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../src/control/database.ts'
import { sqliteStore } from '../../src/control/sqlite-store.ts'
import type { TenantRow } from '../../src/control/store.ts'
import { tmpDir } from '../support/tmp-dir.ts'

function tenant(name: string, cleanTasks: number): TenantRow {
  const progress = { vouched: false, tier: 'probation', cleanTasks, probationMs: 2 } as const
  return { tenant: name, ...progress, network: {}, quota: {}, weight: 1, revision: 0 }
}

test('a row that cannot be written leaves none of those before it', () => {
  using folder = tmpDir()
  using store = sqliteStore(openDatabase(join(folder.path, 'isopod.db')))
  store.saveTenants([tenant('first', 1)])
  assert.throws(() => store.saveTenants([tenant('first', 2), tenant('second', 1), tenant('third', Number.NaN)]))
  assert.deepEqual(store.tenants(), [tenant('first', 1)])
})
