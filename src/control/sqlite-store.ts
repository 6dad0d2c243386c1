// The store in SQLite.
import type { NetworkPolicy } from '../version.ts'
import type { Incident } from '../wire/incident.ts'
import type { VersionText } from '../wire/version-text.ts'
import type { Database } from './database.ts'
import type { QuarantineRow, Store, TenantRow, VersionRow } from './store.ts'

const WALL_MS = "json_extract(body, '$.limits.wallMs') AS wall_ms"

const VERSIONS_KEPT = 10
const INCIDENTS_KEPT = 200

export function sqliteStore({ sql: db, transaction }: Database): Store {
  const insertVersion = db.prepare('INSERT INTO versions (tenant, worker, id, body) VALUES (?, ?, ?, ?)')
  const selectVersion = db.prepare('SELECT number, tenant, worker, id, body, code_cache FROM versions WHERE number = ?')
  const selectRow = db.prepare(`SELECT number, tenant, worker, id, ${WALL_MS} FROM versions WHERE number = ?`)
  const setNumber = db.prepare(
    'INSERT INTO workers (tenant, worker, number) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = excluded.number',
  )
  const forgetOld = db.prepare(
    `DELETE FROM versions WHERE tenant = ? AND worker = ? AND number <> ? AND number NOT IN
     (SELECT number FROM versions WHERE tenant = ? AND worker = ? ORDER BY number DESC LIMIT ${VERSIONS_KEPT})`,
  )
  return {
    addVersion(version) {
      return transaction(() => {
        const { tenant, worker } = version
        const { lastInsertRowid } = insertVersion.run(tenant, worker, version.id ?? '', JSON.stringify(version))
        const number = Number(lastInsertRowid)
        const id = version.id ?? `v${number}`
        if (version.id === undefined) db.prepare('UPDATE versions SET id = ? WHERE number = ?').run(id, number)
        return { tenant, worker, number, id, wallMs: version.limits?.wallMs }
      })
    },
    setCodeCache(number, codeCache) {
      db.prepare('UPDATE versions SET code_cache = ? WHERE number = ?').run(codeCache, number)
    },
    version(number) {
      const row = selectVersion.get(number)
      if (row === undefined) return undefined
      const body = JSON.parse(String(row['body'])) as VersionText
      const codeCache = row['code_cache']
      return {
        version: { ...body, number, id: String(row['id']) },
        codeCache: codeCache instanceof Uint8Array ? codeCache : undefined,
      }
    },
    versionRow: (number) => {
      const row = selectRow.get(number)
      return row === undefined ? undefined : toVersionRow(row)
    },
    removeVersion(number) {
      db.prepare('DELETE FROM versions WHERE number = ?').run(number)
    },
    setLive({ tenant, worker, number }) {
      transaction(() => {
        setNumber.run(tenant, worker, number)
        forgetOld.run(tenant, worker, number, tenant, worker)
      })
    },
    removeWorker({ tenant, worker }) {
      transaction(() => {
        for (const table of ['workers', 'versions', 'quarantine']) {
          db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND worker = ?`).run(tenant, worker)
        }
      })
    },
    workers: () =>
      db
        .prepare(`SELECT w.tenant, w.worker, w.number, v.id, ${WALL_MS} FROM workers w JOIN versions v USING (number)`)
        .all()
        .map(toVersionRow),
    saveTenant({ tenant, vouched, tier, cleanTasks, probationMs, network, revision }) {
      db.prepare('INSERT OR REPLACE INTO tenants VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        tenant,
        vouched ? 1 : 0,
        tier,
        cleanTasks,
        Math.round(probationMs),
        JSON.stringify(network),
        revision,
      )
    },
    tenants: () =>
      db
        .prepare('SELECT * FROM tenants')
        .all()
        .map((row) => ({
          tenant: String(row['tenant']),
          vouched: row['vouched'] === 1,
          tier: row['tier'] as TenantRow['tier'],
          cleanTasks: Number(row['clean_tasks']),
          probationMs: Number(row['probation_ms']),
          network: JSON.parse(String(row['network'])) as NetworkPolicy,
          revision: Number(row['revision']),
        })),
    saveQuarantine({ tenant, worker, number, strikes, reason, until }) {
      db.prepare('INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)').run(
        tenant,
        worker,
        number,
        strikes,
        reason,
        Math.round(until),
      )
    },
    removeQuarantine({ tenant, worker }) {
      db.prepare('DELETE FROM quarantine WHERE tenant = ? AND worker = ?').run(tenant, worker)
    },
    quarantine: () => db.prepare('SELECT * FROM quarantine').all() as unknown as QuarantineRow[],
    addIncident(incident) {
      db.prepare('INSERT INTO incidents (body) VALUES (?)').run(JSON.stringify(incident))
      db.exec(`DELETE FROM incidents WHERE number <= (SELECT max(number) FROM incidents) - ${INCIDENTS_KEPT}`)
    },
    incidents: () =>
      db
        .prepare('SELECT body FROM incidents ORDER BY number DESC')
        .all()
        .map((row) => JSON.parse(String(row['body'])) as Incident),
    [Symbol.dispose]: () => db.close(),
  }
}

function toVersionRow(row: Readonly<Record<string, unknown>>): VersionRow {
  const wallMs = row['wall_ms']
  return {
    tenant: String(row['tenant']),
    worker: String(row['worker']),
    number: Number(row['number']),
    id: String(row['id']),
    wallMs: typeof wallMs === 'number' ? wallMs : undefined,
  }
}
