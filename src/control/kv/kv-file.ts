// The file of KV namespaces. Called from the thread that has it open, one call after the other: several writes may share a
// transaction, and whoever asked is told once that is committed. Sizes of what a tenant keeps are counted with each write.
import type { SQLInputValue } from 'node:sqlite'
import { quotaExceeded } from '../../host/kv/memory-kv-store.ts'
import { REPLACED_KEPT_BYTES, REPLACED_KEPT_MS } from '../../host/kv/replaced.ts'
import {
  costOf,
  INLINE_BYTES,
  type KvEntry,
  type KvFacts,
  type KvListing,
  type KvNamespaceReport,
  type KvPage,
  type KvPart,
  type KvPut,
  type KvScope,
  sizeOf,
} from '../../host/kv/kv-store.ts'
import type { Database } from '../database.ts'

export interface KvFileOptions {
  /** What one tenant may keep. */
  readonly quotaBytes: number
  /** Unix time in milliseconds. */
  readonly now?: () => number
}

export interface KvFile {
  get(scope: KvScope, key: string): KvEntry | undefined
  part(scope: KvScope, part: KvPart): Uint8Array | undefined
  list(scope: KvScope, listing: KvListing): KvPage
  namespaces(tenant: string): KvNamespaceReport[]
  /** Within a transaction. @throws IsopodError `KV_QUOTA`, before anything has changed */
  put(scope: KvScope, put: KvPut): void
  /** Within a transaction. */
  delete(scope: KvScope, key: string): void
  /** Forgets a bounded number of values, in a transaction of its own. Returns whether there may be more. */
  sweep(): boolean
}

type Row = Readonly<Record<string, unknown>>

const SWEPT_ENTRIES = 200
const SWEPT_PARTS = 100
/** No key of UTF-8 has such a byte. */
const BEYOND_ALL = Uint8Array.of(0xff)

export function kvFile({ sql, transaction }: Database, { now = Date.now, quotaBytes }: KvFileOptions): KvFile {
  const selectNamespace = sql.prepare('SELECT id FROM namespaces WHERE tenant = ? AND namespace = ?')
  const insertNamespace = sql.prepare('INSERT INTO namespaces (tenant, namespace) VALUES (?, ?)')
  const selectUsed = sql.prepare('SELECT bytes FROM usage WHERE tenant = ?')
  const addUsed = sql.prepare(
    'INSERT INTO usage (tenant, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes',
  )
  const selectEntry = sql.prepare(
    'SELECT id, size, metadata, expires, value FROM entries WHERE namespace = ? AND key = ? AND (expires IS NULL OR expires > ?)',
  )
  const selectOld = sql.prepare('SELECT id, size, cost FROM entries WHERE namespace = ? AND key = ?')
  const insertEntry = sql.prepare(
    'INSERT INTO entries (namespace, key, expires, metadata, size, cost, value) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const deleteEntry = sql.prepare('DELETE FROM entries WHERE id = ?')
  const selectPart = sql.prepare('SELECT bytes FROM parts WHERE entry = ? AND part = ? AND namespace = ?')
  const insertPart = sql.prepare('INSERT INTO parts (entry, part, namespace, bytes) VALUES (?, ?, ?, ?)')
  const insertReplaced = sql.prepare('INSERT INTO replaced (entry, time, bytes) VALUES (?, ?, ?)')
  const selectKeys = sql.prepare(
    `SELECT key, metadata, expires FROM entries
     WHERE namespace = ? AND key >= ? AND key > ? AND key < ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?`,
  )
  const selectExpired = sql.prepare(
    `SELECT e.id, e.size, e.cost, n.tenant FROM entries e JOIN namespaces n ON n.id = e.namespace
     WHERE e.expires <= ? LIMIT ${SWEPT_ENTRIES}`,
  )
  const selectOldest = sql.prepare('SELECT number, entry, time, bytes FROM replaced ORDER BY number LIMIT 1')
  const sumReplaced = sql.prepare('SELECT total(bytes) AS bytes FROM replaced')
  const deleteParts = sql.prepare(
    `DELETE FROM parts WHERE rowid IN (SELECT rowid FROM parts WHERE entry = ? LIMIT ${SWEPT_PARTS})`,
  )
  const deleteReplaced = sql.prepare('DELETE FROM replaced WHERE number = ?')

  const nowS = (): number => Math.floor(now() / 1000)
  const findNamespace = ({ namespace, tenant }: KvScope): number | undefined =>
    numberOf(selectNamespace.get(tenant, namespace), 'id')

  const remove = (row: Row, tenant: string): void => {
    const id = Number(row['id'])
    const size = Number(row['size'])
    deleteEntry.run(id)
    addUsed.run(tenant, -Number(row['cost']))
    if (size > INLINE_BYTES) insertReplaced.run(id, now(), size)
  }

  return {
    get(scope, key) {
      const namespace = findNamespace(scope)
      const row = namespace === undefined ? undefined : selectEntry.get(namespace, Buffer.from(key), nowS())
      if (row === undefined) return undefined
      const value = row['value']
      return {
        id: Number(row['id']),
        size: Number(row['size']),
        ...factsOf(row),
        ...(value instanceof Uint8Array ? { value } : {}),
      }
    },
    part(scope, { id, index }) {
      const namespace = findNamespace(scope)
      const bytes = namespace === undefined ? undefined : selectPart.get(id, index, namespace)?.['bytes']
      return bytes instanceof Uint8Array ? bytes : undefined
    },
    list(scope, { after = '', limit, prefix }) {
      const namespace = findNamespace(scope)
      if (namespace === undefined) return { keys: [], isComplete: true }
      const first = Buffer.from(prefix)
      const rows = selectKeys.all(namespace, first, Buffer.from(after), endOf(first), nowS(), limit + 1)
      const keys = rows.slice(0, limit).map((row) => Object.assign(factsOf(row), { key: textOf(row['key']) }))
      return { keys, isComplete: rows.length <= limit }
    },
    namespaces: (tenant) =>
      sql
        .prepare(
          `SELECT n.namespace, count(*) AS keys, total(e.cost) AS bytes FROM namespaces n JOIN entries e ON e.namespace = n.id
           WHERE n.tenant = ? GROUP BY n.id ORDER BY n.namespace`,
        )
        .all(tenant)
        .map((row) => ({
          namespace: String(row['namespace']),
          keys: Number(row['keys']),
          bytes: Number(row['bytes']),
        })),
    put(scope, put) {
      const { expires = null, key, metadata = null, parts } = put
      const { namespace: name, tenant } = scope
      const present = findNamespace(scope)
      const keyBytes = Buffer.from(key)
      const old = present === undefined ? undefined : selectOld.get(present, keyBytes)
      const cost = costOf(put)
      const before = numberOf(old, 'cost') ?? 0
      const used = (numberOf(selectUsed.get(tenant), 'bytes') ?? 0) - before + cost
      if (used > quotaBytes && cost > before) throw quotaExceeded(used, quotaBytes)
      const namespace = present ?? Number(insertNamespace.run(tenant, name).lastInsertRowid)
      if (old !== undefined) remove(old, tenant)
      const size = sizeOf(parts)
      const value: SQLInputValue = size > INLINE_BYTES ? null : (parts[0] ?? new Uint8Array())
      const { lastInsertRowid } = insertEntry.run(namespace, keyBytes, expires, metadata, size, cost, value)
      if (value === null) {
        for (const [index, part] of parts.entries()) insertPart.run(lastInsertRowid, index, namespace, part)
      }
      addUsed.run(tenant, cost)
    },
    delete(scope, key) {
      const namespace = findNamespace(scope)
      const old = namespace === undefined ? undefined : selectOld.get(namespace, Buffer.from(key))
      if (old !== undefined) remove(old, scope.tenant)
    },
    sweep: () => transaction(() => sweepExpired() || sweepReplaced()),
  }

  function sweepExpired(): boolean {
    const rows = selectExpired.all(nowS())
    for (const row of rows) remove(row, String(row['tenant']))
    return rows.length > 0
  }

  function sweepReplaced(): boolean {
    const oldest = selectOldest.get()
    if (oldest === undefined) return false
    // Also where the clock was set back.
    const isKept = Math.abs(now() - Number(oldest['time'])) < REPLACED_KEPT_MS
    if (isKept && Number(sumReplaced.get()?.['bytes']) <= REPLACED_KEPT_BYTES) return false
    if (deleteParts.run(Number(oldest['entry'])).changes === 0) deleteReplaced.run(Number(oldest['number']))
    return true
  }
}

function factsOf(row: Row): KvFacts {
  const { expires, metadata } = row
  return {
    ...(typeof metadata === 'string' ? { metadata } : {}),
    ...(typeof expires === 'number' ? { expires } : {}),
  }
}

function numberOf(row: Row | undefined, column: string): number | undefined {
  return row === undefined ? undefined : Number(row[column])
}

function textOf(key: unknown): string {
  return key instanceof Uint8Array ? Buffer.from(key).toString() : ''
}

/** The first of all bytes beyond those that begin so. The last byte of UTF-8 is never 0xff. */
function endOf(prefix: Uint8Array): Uint8Array {
  const last = prefix.at(-1)
  if (last === undefined) return BEYOND_ALL
  const end = new Uint8Array(prefix)
  end[end.length - 1] = last + 1
  return end
}
