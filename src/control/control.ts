// Control: which workers there are, which version answers for each, whom to trust, whom to hold back. It tells hosts, and
// serves no request itself: hosts go on without it.
import type { Server } from 'node:net'
import { IsopodError } from '../errors.ts'
import { assertNetworkPolicy } from '../host/check-network-policy.ts'
import { assertVersion } from '../host/check-version.ts'
import type { LIMIT_CEILINGS, Limits } from '../limits.ts'
import { assertName } from '../host/registry.ts'
import type { Observer } from '../observer.ts'
import type { PoolStats, Tier } from '../stats.ts'
import type { NetworkPolicy, Version } from '../version.ts'
import type { Admission } from '../wire/control-process-messages.ts'
import type { Route } from '../wire/control-messages.ts'
import type { Incident } from '../wire/incident.ts'
import { packVersion } from '../wire/version-text.ts'
import { CodeCacheMaker } from '../isolate/code-cache-maker.ts'
import { HostLinks } from './host-links.ts'
import { Overdue } from './overdue.ts'
import { Quarantine } from './quarantine.ts'
import type { QuarantineRow, Store, StoredVersion, TenantRow, VersionRow, WorkerName } from './store.ts'
import { Trust, type TrustOptions } from './trust.ts'

export interface ControlOptions {
  readonly store: Store
  /** Where hosts connect. */
  readonly server: Server
  readonly trust: TrustOptions
  /** The most that versions may ask for; whatever they like unless given. */
  readonly ceilings?: typeof LIMIT_CEILINGS
  /** What hosts report, where they were told to. */
  readonly observed?: (event: keyof Observer, details: readonly unknown[]) => void
}

export type Deployment = Omit<Version, 'id' | 'number'> & { readonly id?: string }

export interface IncidentReport extends Omit<Incident, 'culprit' | 'suspects'> {
  readonly culprit: VersionRow | null
  readonly suspects: readonly VersionRow[]
}

const TRY_WITHIN_MS = 30_000
const TELL_WITHIN_MS = 30_000
const STATS_WITHIN_MS = 2_000
const PROMOTE_EVERY_MS = 250

export class Control implements Disposable {
  readonly #store: Store
  readonly #trust: Trust
  readonly #quarantine: Quarantine
  readonly #overdue = new Overdue()
  readonly #links: HostLinks
  readonly #caches = new CodeCacheMaker({ idleMs: undefined })
  /** What answers for each worker, by `tenant/worker`. */
  readonly #live = new Map<string, VersionRow>()
  readonly #ceilings: typeof LIMIT_CEILINGS | undefined
  readonly #promoteTimer: NodeJS.Timeout
  #lastPin = 0
  /** Changes of who answers for a worker happen one after the other. */
  readonly #lastChanges = new Map<string, Promise<unknown>>()

  constructor(options: ControlOptions) {
    const { server, store, trust } = options
    this.#store = store
    this.#ceilings = options.ceilings
    this.#trust = new Trust(store, trust)
    this.#quarantine = new Quarantine(store)
    for (const row of store.workers()) this.#live.set(keyOf(row), row)
    this.#links = new HostLinks(server, {
      routes: () => [...this.#live.values()].map((row) => this.#routeOf(row)),
      version: (number, tier) => this.#versionFor(number, tier),
      served: (tenant, count) => this.#trust.served(tenant, count),
      observed: (event, details) => options.observed?.(event, details),
    })
    this.#promoteTimer = setInterval(() => {
      for (const tenant of this.#trust.promote()) void this.#tellTenant(tenant)
    }, PROMOTE_EVERY_MS)
  }

  /** Resolves when these hosts know of this control, or have had their time: what changes from then on reaches them. */
  awaitHosts(hosts: readonly number[], withinMs: number): Promise<void> {
    return this.#links.awaitAll(hosts, withinMs)
  }

  /**
   * Makes a version the one that answers for its worker. When this resolves every host sends new tasks to it.
   *
   * @throws IsopodError as `Runtime.load` does; `HOST_LOST` where trying it out took a host down
   */
  async deploy(deployment: Deployment, { start }: { readonly start: 'now' | 'on-demand' }): Promise<VersionRow> {
    assertVersion({ ...deployment, id: deployment.id ?? 'new' })
    if (this.#ceilings !== undefined) {
      assertBelow(this.#ceilings[this.#trust.tenant(deployment.tenant).vouched ? 'vouched' : 'others'], deployment)
    }
    return this.#inOrder(deployment, () => this.#deploy(deployment, start))
  }

  /** Returns whether there was one. */
  remove(worker: WorkerName): Promise<boolean> {
    return this.#inOrder(worker, async () => {
      if (!this.#live.delete(keyOf(worker))) return false
      this.#store.removeWorker(worker)
      this.#quarantine.forget(worker)
      await this.#links.tellAll({ type: 'removed', ...worker }, TELL_WITHIN_MS)
      return true
    })
  }

  /** The host that will say this token. */
  admit(admission: Admission): void {
    this.#links.admit(admission)
  }

  dismiss(token: string): void {
    this.#links.dismiss(token)
  }

  workers(): readonly VersionRow[] {
    return [...this.#live.values()]
  }

  tenant(tenant: string): TenantRow {
    return this.#trust.tenant(tenant)
  }

  tenants(): readonly TenantRow[] {
    return this.#trust.list()
  }

  async vouch(tenant: string, vouched: boolean): Promise<void> {
    assertName(tenant, 'tenant')
    if (this.#trust.vouch(tenant, vouched)) await this.#tellTenant(tenant)
  }

  /** What the tenant's workers may reach with `fetch`, beyond and short of the operator's own policy. */
  async setNetwork(tenant: string, network: NetworkPolicy): Promise<void> {
    assertName(tenant, 'tenant')
    assertNetworkPolicy(network)
    this.#trust.setNetwork(tenant, network)
    await this.#tellTenant(tenant)
  }

  quarantined(): readonly QuarantineRow[] {
    return this.#quarantine.active()
  }

  /** Returns whether the worker was held back. */
  async lift(worker: WorkerName): Promise<boolean> {
    const wasHeldBack = this.#quarantine.lift(worker, 'operator')
    await this.#tell(worker)
    return wasHeldBack
  }

  /** A version is past its limits on that host, which will die of it unless it comes out. */
  async hostAlarmed(host: number, number: number): Promise<void> {
    if (this.#overdue.raise(host, number)) await this.#tellOfVersion(number)
  }

  /** It came out. */
  async hostRecovered(host: number): Promise<void> {
    const number = this.#overdue.clear(host)
    if (number !== undefined) await this.#tellOfVersion(number)
  }

  /**
   * A host died: whoever did it is held back, and those who may have done it return to probation. What is told again,
   * because it is not certain to have been heard, counts once.
   */
  async hostDied(incident: Incident): Promise<void> {
    const isSame = ({ host, pid, time }: Incident): boolean =>
      host === incident.host && pid === incident.pid && time === incident.time
    if (this.#store.incidents().some(isSame)) return
    const { cause, culprit, detail, suspects } = incident
    this.#overdue.forget(incident.host)
    const tenants = new Set<string>()
    const row = culprit === undefined ? undefined : this.#store.versionRow(culprit)
    if (row !== undefined) {
      tenants.add(row.tenant)
      const isLive = this.#live.get(keyOf(row))?.number === row.number
      if (isLive) this.#quarantine.strike(row, { number: row.number, reason: `${REASONS[cause]} (${detail}).` })
    }
    for (const number of suspects) {
      const suspect = this.#store.versionRow(number)
      if (suspect !== undefined) tenants.add(suspect.tenant)
    }
    for (const tenant of tenants) this.#trust.demote(tenant)
    // Last: once it is here, it is done.
    this.#store.addIncident(incident)
    await Promise.all([...tenants].map((tenant) => this.#tellTenant(tenant)))
  }

  incidents(): readonly IncidentReport[] {
    return this.#store.incidents().map((incident) => this.#report(incident))
  }

  stats(): Promise<readonly { readonly host: number; readonly tier: Tier; readonly stats: PoolStats }[]> {
    return this.#links.stats(STATS_WITHIN_MS)
  }

  async collectGarbage(): Promise<void> {
    await this.#links.tellAll({ type: 'collectGarbage' }, TELL_WITHIN_MS)
  }

  /** Keeps a worker's instances until the handle is disposed of; undefined where it has none. */
  async pin({ tenant, worker }: WorkerName): Promise<AsyncDisposable | undefined> {
    this.#lastPin += 1
    const pin = this.#lastPin
    const answers = await this.#links.tellAll({ type: 'pin', tenant, worker, pin }, TELL_WITHIN_MS)
    if (!answers.some((done) => done?.held === true)) return undefined
    return {
      [Symbol.asyncDispose]: async () => void (await this.#links.tellAll({ type: 'unpin', pin }, TELL_WITHIN_MS)),
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#promoteTimer)
    this.#caches.close()
    this.#store[Symbol.dispose]()
  }

  async #deploy(deployment: Deployment, start: 'now' | 'on-demand'): Promise<VersionRow> {
    const problem = await this.#caches.problemOf(deployment.bundle.script)
    if (problem !== undefined) throw new IsopodError('LOAD_FAILED', `The script of the bundle is none: ${problem}`)
    const row = this.#store.addVersion(packVersion(deployment as Version))
    try {
      if (start === 'now') await this.#tryOut(row)
    } catch (error) {
      // Where it took a host down, the report of that is still to come, and names it.
      if (!(error instanceof IsopodError && error.code === 'HOST_LOST')) this.#store.removeVersion(row.number)
      throw error
    }
    this.#makeCodeCache(row.number, deployment.bundle.script)
    this.#store.setLive(row)
    this.#live.set(keyOf(row), row)
    this.#quarantine.lift(row, 'new version')
    await this.#tell(row)
    return row
  }

  #report({ culprit, suspects, ...rest }: Incident): IncidentReport {
    return {
      ...rest,
      culprit: culprit === undefined ? null : (this.#store.versionRow(culprit) ?? null),
      suspects: suspects.flatMap((number) => this.#store.versionRow(number) ?? []),
    }
  }

  /** On a host of the tier it will run on; again where its tenant's tier or rights change meanwhile. */
  async #tryOut(row: VersionRow): Promise<void> {
    const { revision, tier } = this.#trust.tenant(row.tenant)
    await this.#tryOnce(row)
    const after = this.#trust.tenant(row.tenant)
    if (after.revision !== revision || after.tier !== tier) await this.#tryOut(row)
  }

  async #tryOnce({ number, tenant }: VersionRow): Promise<void> {
    const link = await this.#links.oneOf(this.#trust.tierOf(tenant), TRY_WITHIN_MS)
    const done = await link.ask({ type: 'try', number }, TRY_WITHIN_MS)
    if (done === undefined) {
      const message =
        'The host process ended while the version was loading: it may have caused that. It is not deployed.'
      throw new IsopodError('HOST_LOST', message)
    }
    if (done.failure !== undefined) throw new IsopodError(done.failure.code, done.failure.message)
  }

  #makeCodeCache(number: number, script: string): void {
    void this.#caches.make(script).then((cache) => {
      if (cache !== undefined) this.#store.setCodeCache(number, new Uint8Array(cache))
    })
  }

  /** A host gets what its own tier runs: what is trusted, secrets included, never comes near those on probation. */
  #versionFor(number: number, tier: Tier): StoredVersion | undefined {
    const stored = this.#store.version(number)
    if (stored === undefined) return undefined
    const { network, tier: own } = this.#trust.tenant(stored.version.tenant)
    return own === tier ? { ...stored, version: { network, ...stored.version } } : undefined
  }

  #routeOf(row: VersionRow): Route {
    const { number, tenant, wallMs, worker } = row
    const quarantine = this.#heldBack(row)
    const { revision, tier } = this.#trust.tenant(tenant)
    return {
      tenant,
      worker,
      number,
      tier,
      revision,
      ...(wallMs === undefined ? {} : { wallMs }),
      ...(quarantine === undefined ? {} : { quarantine }),
    }
  }

  #heldBack(row: VersionRow): Route['quarantine'] {
    const remainingMs = this.#quarantine.remainingMs(row)
    if (remainingMs > 0) return { remainingMs, reason: this.#quarantine.reason(row) }
    const overdueMs = this.#overdue.remainingMs(row.number)
    return overdueMs > 0 ? { remainingMs: overdueMs, reason: OVERDUE } : undefined
  }

  async #tellOfVersion(number: number): Promise<void> {
    const row = this.#store.versionRow(number)
    if (row !== undefined) await this.#tell(row)
  }

  async #tell(worker: WorkerName): Promise<void> {
    const row = this.#live.get(keyOf(worker))
    if (row !== undefined) await this.#links.tellAll({ type: 'route', route: this.#routeOf(row) }, TELL_WITHIN_MS)
  }

  async #tellTenant(tenant: string): Promise<void> {
    const rows = [...this.#live.values()].filter((row) => row.tenant === tenant)
    await Promise.all(rows.map((row) => this.#tell(row)))
  }

  async #inOrder<T>(worker: WorkerName, change: () => Promise<T>): Promise<T> {
    const key = keyOf(worker)
    const next = (this.#lastChanges.get(key) ?? Promise.resolve()).then(change, change)
    this.#lastChanges.set(key, next)
    try {
      return await next
    } finally {
      if (this.#lastChanges.get(key) === next) this.#lastChanges.delete(key)
    }
  }
}

const REASONS: Readonly<Record<Incident['cause'], string>> = {
  stuck: 'it did not come back from a call that V8 cannot interrupt',
  memory: 'it took more memory than its host has',
  abort: 'it crashed its host',
  oom: 'it used up the memory of the machine',
  killed: 'its host was killed',
  unresponsive: 'it kept its host from answering',
  exited: 'it ended its host',
}

const OVERDUE = 'it is past its limits on one host, which may end for it.'

/** Nobody gives himself what the operator did not mean to give. */
function assertBelow(ceilings: Partial<Limits>, { limits = {} }: Deployment): void {
  for (const [name, ceiling] of Object.entries(ceilings) as [keyof Limits, number][]) {
    const value = limits[name]
    if (value === undefined || value <= ceiling) continue
    const message = `The limit "${name}" may be at most ${ceiling} for this tenant; got ${value}.`
    throw new IsopodError('INVALID_OPTION', message)
  }
}

function keyOf({ tenant, worker }: WorkerName): string {
  return `${tenant}/${worker}`
}
