// How versions come to answer for a worker: checked, tried out on a host, stored, told to every host, and back again.
import { IsopodError } from '../errors.ts'
import { assertVersion } from '../host/check-version.ts'
import { CodeCacheMaker } from '../isolate/code-cache-maker.ts'
import type { LIMIT_CEILINGS, Limits } from '../limits.ts'
import type { Version } from '../version.ts'
import { packVersion } from '../wire/version-text.ts'
import type { BlobStore } from './blob-store.ts'
import { homeHost } from './home-host.ts'
import type { HostLinks } from './host-links.ts'
import { keyOf, type LiveWorkers, toSplit } from './live-workers.ts'
import type { Quarantine } from './quarantine.ts'
import type { Split, Store, VersionRow, WorkerName } from './store.ts'
import type { Trust } from './trust.ts'

export interface DeploymentsOptions {
  readonly store: Store
  readonly live: LiveWorkers
  readonly trust: Trust
  readonly quarantine: Quarantine
  readonly links: HostLinks
  /** The most that versions may ask for. */
  readonly ceilings: typeof LIMIT_CEILINGS | undefined
  /** Contents of static files; there are none unless given. */
  readonly blobs: BlobStore | undefined
  /** Tells every host who answers for the worker. */
  readonly tell: (worker: WorkerName) => Promise<void>
}

export type Deployment = Omit<Version, 'id' | 'number'> & { readonly id?: string }

export interface DeployedBy {
  readonly author?: string
  readonly message?: string
}

export interface DeployOptions extends DeployedBy {
  /** `now`: it is refused where it cannot be loaded. */
  readonly start: 'now' | 'on-demand'
  /** What the version gets of its worker's requests, the rest stays where it is; 0: it is only stored. Default 100. */
  readonly percent?: number
}

/** A version by its id, with its share. */
export interface ShareInit {
  readonly version: string
  readonly percent: number
}

const ABSENT_NAMED = 5
const TRY_WITHIN_MS = 30_000
const TELL_WITHIN_MS = 30_000

export class Deployments implements Disposable {
  readonly #options: DeploymentsOptions
  readonly #caches = new CodeCacheMaker({ idleMs: undefined })
  /** Changes of who answers for a worker happen one after the other. */
  readonly #lastChanges = new Map<string, Promise<unknown>>()

  constructor(options: DeploymentsOptions) {
    this.#options = options
  }

  /**
   * Makes a version one that answers for its worker. When this resolves every host sends new tasks to it.
   *
   * @throws IsopodError as `Runtime.load` does; `HOST_LOST` where trying it out took a host down; `QUOTA_EXCEEDED`
   */
  async deploy(deployment: Deployment, options: DeployOptions): Promise<VersionRow> {
    assertVersion({ ...deployment, id: deployment.id ?? 'new' })
    const { ceilings } = this.#options
    if (ceilings !== undefined) {
      assertBelow(ceilings[this.#options.trust.tenant(deployment.tenant).vouched ? 'vouched' : 'others'], deployment)
    }
    return this.#inOrder(deployment, () => this.#deploy(deployment, options))
  }

  /**
   * Stored versions answer for their worker again, or in other shares. When this resolves every host does so.
   *
   * @throws IsopodError `VERSION_NOT_FOUND`, `INVALID_OPTION`, `QUOTA_EXCEEDED`; as `deploy` does where one cannot be loaded any more
   */
  async redeploy(worker: WorkerName, shares: readonly ShareInit[], by: DeployedBy): Promise<Split> {
    return this.#inOrder(worker, async () => {
      const stored = this.#options.store.versions(worker)
      const split = toSplit(
        shares.map(({ percent, version }) => {
          const row = stored.find(({ id }) => id === version)
          if (row === undefined) throw versionNotFound(worker, version)
          return { row, percent }
        }),
      )
      for (const { row } of split) if (!this.#options.live.answers(row)) await this.#tryOut(row)
      this.#assertRoomFor(worker)
      await this.#setLive(split, by)
      return split
    })
  }

  /**
   * Another version takes all of the worker's requests: the given one, or the one that did so before.
   *
   * @throws as `redeploy` does
   */
  rollback(worker: WorkerName, { version, ...by }: DeployedBy & { readonly version?: string }): Promise<Split> {
    const target = version ?? this.#previous(worker)
    if (target === undefined) {
      const message = `There is no earlier version of the worker "${worker.worker}" to go back to.`
      return Promise.reject(new IsopodError('VERSION_NOT_FOUND', message))
    }
    return this.redeploy(worker, [{ version: target, percent: 100 }], by)
  }

  /** Returns whether there was one. */
  remove(worker: WorkerName): Promise<boolean> {
    return this.#inOrder(worker, async () => {
      if (!this.#options.live.delete(worker)) return false
      this.#options.store.removeWorker(worker)
      this.#options.quarantine.forget(worker)
      await this.#options.links.tellAll({ type: 'removed', ...worker }, TELL_WITHIN_MS)
      return true
    })
  }

  [Symbol.dispose](): void {
    this.#caches.close()
  }

  /** The version that answered last before the one that answers most now, and is still there. */
  #previous(worker: WorkerName): string | undefined {
    const { live, store } = this.#options
    const current = live.split(worker)?.[0]?.number
    const ids = new Map(store.versions(worker).map(({ id, number }) => [number, id]))
    const earlier = store.deployments(worker).map(({ split }) => split[0]?.number)
    return ids.get(earlier.find((number) => number !== undefined && number !== current && ids.has(number)) ?? -1)
  }

  async #deploy(
    deployment: Deployment,
    { percent = 100, start, author = '', message = '' }: DeployOptions,
  ): Promise<VersionRow> {
    const main = this.#options.live.split(deployment)?.[0]
    if (percent !== 100 && percent !== 0 && main === undefined) {
      throw new IsopodError(
        'INVALID_OPTION',
        'The first version of a worker takes all of its requests: percent is 100.',
      )
    }
    this.#assertRoomFor(deployment)
    const problem = await this.#caches.problemOf(deployment.bundle.script)
    if (problem !== undefined) throw new IsopodError('LOAD_FAILED', `The script of the bundle is none: ${problem}`)
    this.#assertAssetsAreThere(deployment)
    const row = this.#options.store.addVersion(packVersion(deployment as Version), {
      author,
      message,
      time: Date.now(),
    })
    try {
      if (start === 'now') await this.#tryOut(row)
      this.#assertRoomFor(row)
    } catch (error) {
      // Where it took a host down, the report of that is still to come, and names it.
      if (!(error instanceof IsopodError && error.code === 'HOST_LOST')) this.#options.store.removeVersion(row.number)
      throw error
    }
    this.#makeCodeCache(row.number, deployment.bundle.script)
    if (percent === 0) return row
    const rest = main === undefined || percent === 100 ? [] : [{ row: main.row, percent: 100 - percent }]
    await this.#setLive(toSplit([{ row, percent }, ...rest]), { author, message })
    return row
  }

  async #setLive(split: Split, { author = '', message = '' }: DeployedBy): Promise<void> {
    const [main] = split
    if (main === undefined) return
    this.#options.store.addDeployment(main.row, split, { author, message, time: Date.now() })
    this.#options.live.set(split)
    this.#options.quarantine.lift(main.row, 'new version')
    await this.#options.tell(main.row)
  }

  /** Between this and the change itself nothing may be waited for: other new workers of the tenant come at the same time. */
  #assertRoomFor(worker: WorkerName): void {
    const { live, trust } = this.#options
    const { workers } = trust.tenant(worker.tenant).quota
    if (workers === undefined || live.split(worker) !== undefined) return
    const used = live.ofTenant(worker.tenant).length
    if (used < workers) return
    const message = `The quota "workers" of the tenant "${worker.tenant}" is used up: it has ${used} of the ${workers} workers it may have. Delete one, or ask the operator for more.`
    throw new IsopodError('QUOTA_EXCEEDED', message)
  }

  /** From here on they stay: nothing comes between this and the version that refers to them. */
  #assertAssetsAreThere({ assets, tenant }: Deployment): void {
    if (assets === undefined) return
    const { blobs } = this.#options
    const absent = blobs === undefined ? Object.keys(assets.files) : blobs.absent(tenant, assets.files)
    if (absent.length === 0) return
    const named = absent.slice(0, ABSENT_NAMED).join(', ')
    const message = `The contents of ${absent.length} static files are not there, or not of that size: ${named}. Send them first.`
    throw new IsopodError('INVALID_BUNDLE', message)
  }

  /** On a host of the tier it will run on; again where its tenant's tier or rights change meanwhile. */
  async #tryOut(row: VersionRow): Promise<void> {
    const { revision, tier } = this.#options.trust.tenant(row.tenant)
    await this.#tryOnce(row)
    const after = this.#options.trust.tenant(row.tenant)
    if (after.revision !== revision || after.tier !== tier) await this.#tryOut(row)
  }

  async #tryOnce(row: VersionRow): Promise<void> {
    const { number, tenant } = row
    const link = await this.#options.links.choose(this.#options.trust.tierOf(tenant), {
      withinMs: TRY_WITHIN_MS,
      from: (hosts) => homeHost(row, hosts),
    })
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
      if (cache !== undefined) this.#options.store.setCodeCache(number, new Uint8Array(cache))
    })
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

/** Nobody gives himself what the operator did not mean to give. */
function assertBelow(ceilings: Partial<Limits>, { limits = {} }: Deployment): void {
  for (const [name, ceiling] of Object.entries(ceilings) as [keyof Limits, number][]) {
    const value = limits[name]
    if (value === undefined || value <= ceiling) continue
    const message = `The limit "${name}" may be at most ${ceiling} for this tenant; got ${value}.`
    throw new IsopodError('INVALID_OPTION', message)
  }
}

function versionNotFound({ worker }: WorkerName, version: string): IsopodError {
  return new IsopodError('VERSION_NOT_FOUND', `There is no version "${version}" of the worker "${worker}".`)
}
