// Control: which workers there are, which version answers for each, whom to trust, whom to hold back. It tells hosts, and
// serves no request itself: hosts go on without it.
import type { Server } from 'node:net'
import { assertNetworkPolicy } from '../host/check-network-policy.ts'
import { DEFAULT_LIMITS, type LIMIT_CEILINGS } from '../limits.ts'
import { assertName } from '../worker-name.ts'
import type { KvStore } from '../host/kv/kv-store.ts'
import type { Observer } from '../observer.ts'
import type { TenantQuota } from '../quota.ts'
import type { PoolStats, Tier } from '../stats.ts'
import type { NetworkPolicy } from '../version.ts'
import type { Admission } from '../wire/control-process-messages.ts'
import type { AskedTask, TaskEnding } from '../wire/control-messages.ts'
import type { Incident } from '../wire/incident.ts'
import type { BlobStore } from './blob-store.ts'
import { Deaths, type IncidentReport } from './deaths.ts'
import { type DeployedBy, type Deployment, Deployments, type DeployOptions, type ShareInit } from './deployments.ts'
import { HostView } from './host-view.ts'
import { HostLinks } from './host-links.ts'
import { LiveWorkers } from './live-workers.ts'
import { KvAccess } from './kv/kv-access.ts'
import { serveKv } from './kv/kv-links.ts'
import { Measures } from './measures/measures.ts'
import { MeasuresPoll } from './measures/measures-poll.ts'
import { Overdue } from './overdue.ts'
import { Quarantine } from './quarantine.ts'
import type {
  DeploymentRow,
  KeptVersion,
  ListedVersion,
  QuarantineRow,
  Split,
  Store,
  TenantRow,
  VersionRow,
  WorkerName,
} from './store.ts'
import type { Routes } from './routes.ts'
import type { Secrets } from './secrets.ts'
import { TaskLog, toReports } from './task-log.ts'
import { TaskRunner } from './run-task.ts'
import { Trust, type TrustOptions } from './trust.ts'

export interface ControlOptions {
  readonly store: Store
  /** Contents of static files; versions have none unless given. */
  readonly blobs?: BlobStore
  /** Where hosts connect. */
  readonly server: Server
  readonly trust: TrustOptions
  /** Of workers; there are none unless given. */
  readonly secrets?: Secrets
  readonly routes?: Routes
  /** Where hosts reach KV namespaces, and what these lie in; nowhere unless given. */
  readonly kv?: { readonly server: Server; readonly store: KvStore }
  /** The most that versions may ask for; whatever they like unless given. */
  readonly ceilings?: typeof LIMIT_CEILINGS
  /** What a host asked for could not be given. */
  readonly failed?: (error: unknown) => void
  /** How long a task may take where its version does not say, in milliseconds; the default of the limit unless given. */
  readonly wallMs?: number
  /** A worker is no more. */
  readonly removed?: (worker: WorkerName) => void
  /** What hosts report, where they were told to. */
  readonly observed?: (event: keyof Observer, details: readonly unknown[]) => void
}

const TELL_WITHIN_MS = 30_000
const STATS_WITHIN_MS = 2_000
const PROMOTE_EVERY_MS = 250

export class Control implements Disposable {
  readonly #store: Store
  readonly #trust: Trust
  readonly #quarantine: Quarantine
  readonly #overdue = new Overdue()
  readonly #view: HostView
  readonly #links: HostLinks
  readonly #kvAccess: KvAccess
  readonly #live: LiveWorkers
  readonly #deployments: Deployments
  readonly #deaths: Deaths
  readonly #secrets: Secrets | undefined
  readonly #routes: Routes | undefined
  /** What became of tasks lately. */
  readonly tasks: TaskLog = new TaskLog(
    (filters) => void this.#links.tellAll({ type: 'watch', filters }, TELL_WITHIN_MS),
  )
  /** What hosts have counted, as of when they were asked last. */
  readonly measures: Measures = new Measures((tenant, tier) => this.#trust.isKnownAs(tenant, tier))
  readonly measuring: MeasuresPoll
  readonly #removed: (worker: WorkerName) => void
  readonly #runner: TaskRunner
  readonly #promoteTimer: NodeJS.Timeout
  #lastPin = 0

  constructor(options: ControlOptions) {
    const { server, store, trust } = options
    this.#store = store
    this.#secrets = options.secrets
    this.#routes = options.routes
    this.#trust = new Trust(store, trust)
    this.#quarantine = new Quarantine(store)
    this.#live = new LiveWorkers(store.workers())
    this.#kvAccess = new KvAccess({
      version: (number) => store.version(number)?.version,
      tierOf: (tenant) => this.#trust.tierOf(tenant),
    })
    this.#view = new HostView({
      store,
      trust: this.#trust,
      quarantine: this.#quarantine,
      overdue: this.#overdue,
      kvAccess: this.#kvAccess,
      secrets: options.secrets,
      blobs: options.blobs,
    })
    this.#links = new HostLinks(server, {
      routes: () => this.#live.splits().map((split) => this.#view.route(split)),
      patterns: () => this.#routes?.list() ?? [],
      version: (number, tier) => this.#view.version(number, tier),
      // A host speaks for workers of its own tier only.
      tasks: ({ host, tier }, reports, dropped) =>
        this.tasks.add(
          host,
          toReports(reports, ({ tenant, worker }) => {
            const isKnown = this.#live.split({ tenant, worker }) !== undefined
            return isKnown && this.#trust.tierOf(tenant) === tier
          }),
          Number(dropped),
        ),
      filters: () => this.tasks.filters,
      failed: (error) => options.failed?.(error),
      piece: (file, tier) => this.#view.piece(file, tier),
      measured: (link, said) => this.measures.take(link, said),
      served: (tenant, count) => this.#trust.served(tenant, count),
      observed: (event, details) => options.observed?.(event, details),
    })
    this.measuring = new MeasuresPoll(this.measures, this.#links)
    this.#removed = options.removed ?? (() => undefined)
    this.#runner = new TaskRunner({
      links: this.#links,
      find: (worker) => this.#live.split(worker)?.[0]?.row,
      tierOf: (tenant) => this.#trust.tierOf(tenant),
      wallMs: options.wallMs ?? DEFAULT_LIMITS.wallMs,
    })
    this.#deaths = new Deaths({
      store,
      live: this.#live,
      trust: this.#trust,
      quarantine: this.#quarantine,
      overdue: this.#overdue,
      counted: (cause) => this.measures.hostDied(cause),
      tellTenant: (tenant) => this.#tellTenant(tenant),
    })
    this.#deployments = new Deployments({
      store,
      live: this.#live,
      trust: this.#trust,
      quarantine: this.#quarantine,
      links: this.#links,
      ceilings: options.ceilings,
      blobs: options.blobs,
      tell: (worker) => this.#tell(worker),
    })
    if (options.kv !== undefined) {
      serveKv(options.kv.server, {
        store: options.kv.store,
        isHost: (token) => this.#links.tierOf(token) !== undefined,
        scopeOf: (token, asked) => {
          const tier = this.#links.tierOf(token)
          return tier === undefined ? undefined : this.#kvAccess.scopeOf(tier, asked)
        },
      })
    }
    this.#promoteTimer = setInterval(() => {
      for (const tenant of this.#trust.promote()) void this.#tellTenant(tenant)
    }, PROMOTE_EVERY_MS)
  }

  /** Resolves when these hosts know of this control, or have had their time: what changes from then on reaches them. */
  awaitHosts(hosts: readonly number[], withinMs: number): Promise<void> {
    return this.#links.awaitAll(hosts, withinMs)
  }

  /** @throws as {@link Deployments.deploy} does */
  deploy(deployment: Deployment, options: DeployOptions): Promise<VersionRow> {
    return this.#deployments.deploy(deployment, options)
  }

  /** @throws as {@link Deployments.redeploy} does */
  redeploy(worker: WorkerName, shares: readonly ShareInit[], by: DeployedBy): Promise<Split> {
    return this.#deployments.redeploy(worker, shares, by)
  }

  /** @throws as {@link Deployments.rollback} does */
  rollback(worker: WorkerName, to: DeployedBy & { readonly version?: string }): Promise<Split> {
    return this.#deployments.rollback(worker, to)
  }

  /** Returns whether there was one. */
  async remove(worker: WorkerName): Promise<boolean> {
    const wasThere = await this.#deployments.remove(worker)
    this.#secrets?.removeAll(worker)
    this.#removed(worker)
    if (
      this.#routes?.list().some((route) => route.tenant === worker.tenant && route.worker === worker.worker) === true
    ) {
      this.#routes.setAll(worker, [], '')
      await this.routesChanged()
    }
    return wasThere
  }

  /** Has a host of the worker's tier run a task. Resolves when nothing of the task is left, `waitUntil` included. */
  run(worker: WorkerName, task: AskedTask): Promise<TaskEnding> {
    return this.#runner.run(worker, task)
  }

  /** The host that will say this token. */
  admit(admission: Admission): void {
    this.#links.admit(admission)
  }

  dismiss(token: string): void {
    this.#links.dismiss(token)
  }

  workers(): readonly Split[] {
    return this.#live.splits()
  }

  worker(worker: WorkerName): Split | undefined {
    return this.#live.split(worker)
  }

  versions(worker: WorkerName): readonly ListedVersion[] {
    return this.#store.versions(worker)
  }

  /** Undefined where it is not kept, or not any more. */
  keptVersion(worker: WorkerName, id: string): KeptVersion | undefined {
    const row = this.#store.versions(worker).find((version) => version.id === id)
    const stored = row === undefined ? undefined : this.#store.version(row.number)
    return row === undefined || stored === undefined ? undefined : { ...stored, row }
  }

  deployments(worker: WorkerName): readonly DeploymentRow[] {
    return this.#store.deployments(worker)
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

  /** What all of the tenant's workers may use together. When this resolves every host goes by it. */
  async setQuota(tenant: string, quota: TenantQuota): Promise<void> {
    this.#trust.setQuota(tenant, quota)
    await this.#tellTenant(tenant)
  }

  /** What the tenant gets of a host's time beside others, as its weight stands to theirs. Likewise. */
  async setWeight(tenant: string, weight: number): Promise<void> {
    this.#trust.setWeight(tenant, weight)
    await this.#tellTenant(tenant)
  }

  /** @throws IsopodError `INVALID_WORKER_ID` */
  assertWorkerName({ tenant, worker }: WorkerName): void {
    assertName(tenant, 'tenant')
    assertName(worker, 'worker')
  }

  /** What was done to a worker's secrets, or is about to be: its version is loaded anew with them. */
  async secretsChanged(worker: WorkerName): Promise<void> {
    await this.#tell(worker)
  }

  /** Host names and paths are routed otherwise: when this resolves every host does so. */
  async routesChanged(): Promise<void> {
    await this.#links.tellAll({ type: 'patterns', patterns: this.#routes?.list() ?? [] }, TELL_WITHIN_MS)
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

  /** A host died; told again, it counts once. */
  hostDied(incident: Incident): Promise<void> {
    return this.#deaths.hostDied(incident)
  }

  incidents(): readonly IncidentReport[] {
    return this.#deaths.list()
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
    this.measuring[Symbol.dispose]()
    this.#deployments[Symbol.dispose]()
    this.#store[Symbol.dispose]()
  }

  async #tellOfVersion(number: number): Promise<void> {
    const row = this.#store.versionRow(number)
    if (row !== undefined) await this.#tell(row)
  }

  async #tell(worker: WorkerName): Promise<void> {
    const split = this.#live.split(worker)
    if (split !== undefined)
      await this.#links.tellAll({ type: 'route', route: this.#view.route(split) }, TELL_WITHIN_MS)
  }

  async #tellTenant(tenant: string): Promise<void> {
    const routes = this.#live.ofTenant(tenant).map((split) => this.#view.route(split))
    await Promise.all(routes.map((route) => this.#links.tellAll({ type: 'route', route }, TELL_WITHIN_MS)))
  }
}
