// A store with as many workers as wanted, made fast.
import { type Database, openDatabase } from '../../src/control/database.ts'
import { sqliteStore } from '../../src/control/sqlite-store.ts'
import type { Store, TenantRow } from '../../src/control/store.ts'
import type { Bundle } from '../../src/version.ts'
import { packVersion } from '../../src/wire/version-text.ts'

const TENANTS = 100
const NOTE = { author: 'bench', message: '', time: 1 }

export interface FilledStore {
  readonly database: Database
  readonly store: Store
}

export interface FillOptions {
  readonly workers: number
  readonly bundle: (number: number) => Bundle
}

/** The caller disposes of the store. */
export function filledStore(path: string, { workers, bundle }: FillOptions): FilledStore {
  const database = openDatabase(path)
  // Only while it is filled: a synchronised write for each would take minutes.
  database.sql.exec('PRAGMA synchronous = OFF')
  const store = sqliteStore(database)
  // As control would one by one when it first sees them.
  store.saveTenants(FILLED_TENANTS.map(vouchedFor))
  for (let number = 0; number < workers; number++) addWorker(store, number, bundle(number))
  database.sql.exec('PRAGMA synchronous = FULL')
  return { database, store }
}

function vouchedFor(tenant: string): TenantRow {
  const progress = { vouched: true, tier: 'main', cleanTasks: 0, probationMs: 0 } as const
  return { tenant, ...progress, network: {}, quota: {}, weight: 1, revision: 0 }
}

export function addWorker(store: Store, number: number, bundle: Bundle): void {
  const worker = nameOf(number)
  const row = store.addVersion(packVersion({ ...worker, id: 'one', bundle }), NOTE)
  store.addDeployment(worker, [{ number: row.number, percent: 100 }], NOTE)
}

export function nameOf(number: number): { readonly tenant: string; readonly worker: string } {
  return { tenant: `tenant-${number % TENANTS}`, worker: `hello-${number}` }
}

export const FILLED_TENANTS: readonly string[] = Array.from({ length: TENANTS }, (_, number) => `tenant-${number}`)
