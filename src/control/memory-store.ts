// The store in memory: for a runtime inside somebody's program, whose state goes with it.
import type { Incident } from '../wire/incident.ts'
import type { VersionText } from '../wire/version-text.ts'
import type { QuarantineRow, Store, TenantRow, VersionRow, WorkerName } from './store.ts'

interface KeptVersion {
  readonly row: VersionRow
  readonly version: VersionText
  codeCache: Uint8Array | undefined
}

const INCIDENTS_KEPT = 200

export function createMemoryStore(): Store {
  const versions = new Map<number, KeptVersion>()
  const live = new Map<string, VersionRow>()
  const tenants = new Map<string, TenantRow>()
  const quarantine = new Map<string, QuarantineRow>()
  const incidents: Incident[] = []
  let lastNumber = 0
  return {
    addVersion(version) {
      lastNumber += 1
      const { tenant, worker } = version
      const name = { tenant, worker, number: lastNumber, id: version.id ?? `v${lastNumber}` }
      const row = { ...name, wallMs: version.limits?.wallMs }
      versions.set(lastNumber, { row, version: { ...version, ...name }, codeCache: undefined })
      return row
    },
    setCodeCache(number, codeCache) {
      const kept = versions.get(number)
      if (kept !== undefined) kept.codeCache = codeCache
    },
    version: (number) => versions.get(number),
    versionRow: (number) => versions.get(number)?.row,
    removeVersion: (number) => void versions.delete(number),
    setLive(row) {
      const before = live.get(keyOf(row))
      if (before !== undefined) versions.delete(before.number)
      live.set(keyOf(row), row)
    },
    removeWorker(worker) {
      const row = live.get(keyOf(worker))
      if (row !== undefined) versions.delete(row.number)
      live.delete(keyOf(worker))
      quarantine.delete(keyOf(worker))
    },
    workers: () => [...live.values()],
    saveTenant: (row) => void tenants.set(row.tenant, row),
    tenants: () => [...tenants.values()],
    saveQuarantine: (row) => void quarantine.set(keyOf(row), row),
    removeQuarantine: (worker) => void quarantine.delete(keyOf(worker)),
    quarantine: () => [...quarantine.values()],
    addIncident(incident) {
      incidents.unshift(incident)
      incidents.length = Math.min(incidents.length, INCIDENTS_KEPT)
    },
    incidents: () => [...incidents],
    [Symbol.dispose]: () => undefined,
  }
}

function keyOf({ tenant, worker }: WorkerName): string {
  return `${tenant}/${worker}`
}
