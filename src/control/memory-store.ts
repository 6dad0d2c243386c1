// The store in memory: for a runtime inside somebody's program, whose state goes with it.
import type { Incident } from '../wire/incident.ts'
import type { VersionText } from '../wire/version-text.ts'
import type { DeploymentRow, ListedVersion, QuarantineRow, Store, TenantRow, WorkerName } from './store.ts'

interface KeptVersion {
  readonly row: ListedVersion
  readonly version: VersionText
  codeCache: Uint8Array | undefined
}

const INCIDENTS_KEPT = 200

export function createMemoryStore(): Store {
  const versions = new Map<number, KeptVersion>()
  const live = new Map<string, DeploymentRow>()
  const tenants = new Map<string, TenantRow>()
  const quarantine = new Map<string, QuarantineRow>()
  const incidents: Incident[] = []
  let lastNumber = 0
  let lastDeployment = 0
  return {
    addVersion(version, note) {
      lastNumber += 1
      const { tenant, worker } = version
      const name = { tenant, worker, number: lastNumber, id: version.id ?? `v${lastNumber}` }
      const row = { ...name, ...note, wallMs: version.limits?.wallMs, minWarm: version.minWarm ?? 0 }
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
    versions: ({ tenant, worker }) =>
      [...versions.values()]
        .map(({ row }) => row)
        .filter((row) => row.tenant === tenant && row.worker === worker)
        .toReversed(),
    addDeployment(worker, split, note) {
      // No way back: what is not live any more is forgotten.
      for (const { number } of live.get(keyOf(worker))?.split ?? []) {
        if (!split.some((share) => share.number === number)) versions.delete(number)
      }
      lastDeployment += 1
      live.set(keyOf(worker), { ...worker, ...note, number: lastDeployment, split })
    },
    deployments(worker) {
      const deployment = live.get(keyOf(worker))
      return deployment === undefined ? [] : [deployment]
    },
    removeWorker(worker) {
      for (const { number } of live.get(keyOf(worker))?.split ?? []) versions.delete(number)
      live.delete(keyOf(worker))
      quarantine.delete(keyOf(worker))
    },
    workers: () =>
      [...live.values()].map(({ split }) =>
        split.flatMap((share) => {
          const row = versions.get(share.number)?.row
          return row === undefined ? [] : [{ ...share, row }]
        }),
      ),
    saveTenants(rows) {
      for (const row of rows) tenants.set(row.tenant, row)
    },
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
