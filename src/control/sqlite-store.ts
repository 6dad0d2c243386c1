// The store in SQLite.
import { createHash } from 'node:crypto'
import { IsopodError } from '../errors.ts'
import type { TenantQuota } from '../quota.ts'
import type { NetworkPolicy } from '../version.ts'
import type { Incident } from '../wire/incident.ts'
import type { VersionText } from '../wire/version-text.ts'
import type { Database } from './database.ts'
import type { QuarantineRow, Share, Store, TenantRow, VersionNote, VersionRow } from './store.ts'

const ROW = 'number, tenant, worker, id, wall_ms, min_warm'

const VERSIONS_KEPT = 25
const DEPLOYMENTS_KEPT = 100
const INCIDENTS_KEPT = 200

export function sqliteStore({ sql: db, transaction }: Database): Store {
  const insertVersion = db.prepare(
    'INSERT INTO versions (tenant, worker, id, wall_ms, min_warm, author, message, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertBundle = db.prepare('INSERT INTO bundles (number, body, checksum) VALUES (?, ?, ?)')
  const selectVersion = db.prepare(
    'SELECT id, body, checksum, code_cache FROM versions JOIN bundles USING (number) WHERE number = ?',
  )
  const selectRow = db.prepare(`SELECT ${ROW} FROM versions WHERE number = ?`)
  const setNumber = db.prepare(
    'INSERT INTO workers (tenant, worker, number) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = excluded.number',
  )
  const insertDeployment = db.prepare(
    'INSERT INTO deployments (tenant, worker, time, author, message, split) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const forgetVersions = db.prepare(
    `DELETE FROM versions WHERE tenant = ?1 AND worker = ?2
     AND number NOT IN (SELECT value ->> 'number' FROM json_each(?3)) AND number NOT IN
     (SELECT number FROM versions WHERE tenant = ?1 AND worker = ?2 ORDER BY number DESC LIMIT ${VERSIONS_KEPT})`,
  )
  const forgetDeployments = db.prepare(
    `DELETE FROM deployments WHERE tenant = ?1 AND worker = ?2 AND number NOT IN
     (SELECT number FROM deployments WHERE tenant = ?1 AND worker = ?2 ORDER BY number DESC LIMIT ${DEPLOYMENTS_KEPT})`,
  )
  const setTenant = db.prepare(
    'INSERT OR REPLACE INTO tenants (tenant, vouched, tier, clean_tasks, probation_ms, network, quota, weight, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return {
    addVersion(version, { author, message, time }) {
      return transaction(() => {
        const { minWarm = 0, tenant, worker } = version
        const wallMs = version.limits?.wallMs
        const { lastInsertRowid } = insertVersion.run(
          tenant,
          worker,
          version.id ?? '',
          wallMs ?? null,
          minWarm,
          author,
          message,
          time,
        )
        const number = Number(lastInsertRowid)
        const body = JSON.stringify(version)
        insertBundle.run(number, body, checksumOf(body))
        const id = version.id ?? `v${number}`
        if (version.id === undefined) db.prepare('UPDATE versions SET id = ? WHERE number = ?').run(id, number)
        return { tenant, worker, number, id, wallMs, minWarm }
      })
    },
    setCodeCache(number, codeCache) {
      db.prepare('UPDATE bundles SET code_cache = ? WHERE number = ?').run(codeCache, number)
    },
    version(number) {
      const row = selectVersion.get(number)
      if (row === undefined) return undefined
      const text = String(row['body'])
      // Empty where it was stored before there were any.
      if (row['checksum'] !== '' && row['checksum'] !== checksumOf(text)) {
        throw new IsopodError(
          'STORE_FAILED',
          `The stored bundle of version number ${number} is damaged. Deploy it again.`,
        )
      }
      const body = JSON.parse(text) as VersionText
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
    versions: ({ tenant, worker }) =>
      db
        .prepare(
          `SELECT ${ROW}, author, message, time FROM versions WHERE tenant = ? AND worker = ? ORDER BY number DESC`,
        )
        .all(tenant, worker)
        .map((row) => Object.assign(toVersionRow(row), toNote(row))),
    addDeployment({ tenant, worker }, split, { author, message, time }) {
      const text = JSON.stringify(split.map(({ number, percent }) => ({ number, percent })))
      transaction(() => {
        setNumber.run(tenant, worker, split[0]?.number ?? 0)
        insertDeployment.run(tenant, worker, time, author, message, text)
        forgetVersions.run(tenant, worker, text)
        forgetDeployments.run(tenant, worker)
      })
    },
    deployments: ({ tenant, worker }) =>
      db
        .prepare('SELECT * FROM deployments WHERE tenant = ? AND worker = ? ORDER BY number DESC')
        .all(tenant, worker)
        .map((row) =>
          Object.assign({ tenant, worker, number: Number(row['number']), split: toShares(row) }, toNote(row)),
        ),
    removeWorker({ tenant, worker }) {
      transaction(() => {
        for (const table of ['workers', 'versions', 'deployments', 'quarantine', 'schedules', 'schedule_runs']) {
          db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND worker = ?`).run(tenant, worker)
        }
      })
    },
    workers() {
      const rows = new Map(
        db
          .prepare(`SELECT ${ROW} FROM versions`)
          .all()
          .map((row) => [Number(row['number']), toVersionRow(row)]),
      )
      return db
        .prepare(
          `SELECT w.number, d.split FROM workers w LEFT JOIN deployments d ON d.number =
           (SELECT max(number) FROM deployments WHERE tenant = w.tenant AND worker = w.worker)`,
        )
        .all()
        .map((worker) => {
          // An installation from before there were deployments has none for what was live then.
          const shares =
            worker['split'] === null ? [{ number: Number(worker['number']), percent: 100 }] : toShares(worker)
          return shares.flatMap((share) => {
            const row = rows.get(share.number)
            return row === undefined ? [] : [{ ...share, row }]
          })
        })
        .filter((split) => split.length > 0)
    },
    saveTenants(tenants) {
      transaction(() => {
        for (const { tenant, vouched, tier, cleanTasks, probationMs, network, quota, weight, revision } of tenants) {
          setTenant.run(
            tenant,
            vouched ? 1 : 0,
            tier,
            cleanTasks,
            Math.round(probationMs),
            JSON.stringify(network),
            JSON.stringify(quota),
            weight,
            revision,
          )
        }
      })
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
          quota: JSON.parse(String(row['quota'])) as TenantQuota,
          weight: Number(row['weight']),
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

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function toShares(row: Readonly<Record<string, unknown>>): Share[] {
  return JSON.parse(String(row['split'])) as Share[]
}

function toNote(row: Readonly<Record<string, unknown>>): VersionNote {
  return { author: String(row['author']), message: String(row['message']), time: Number(row['time']) }
}

function toVersionRow(row: Readonly<Record<string, unknown>>): VersionRow {
  const wallMs = row['wall_ms']
  return {
    tenant: String(row['tenant']),
    worker: String(row['worker']),
    number: Number(row['number']),
    id: String(row['id']),
    wallMs: typeof wallMs === 'number' ? wallMs : undefined,
    minWarm: Number(row['min_warm']),
  }
}
