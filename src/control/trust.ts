// Trust belongs to tenants. A tenant nobody knows starts on probation, where its code shares a process with no established
// tenant; enough clean tasks over enough time promote it, and a strike, or only a suspicion, sends it back. The
// operator's own tenant and those the operator vouches for start out trusted, and stay so.
import type { TenantQuota } from '../quota.ts'
import type { Tier } from '../stats.ts'
import type { NetworkPolicy } from '../version.ts'
import type { Store, TenantRow } from './store.ts'

export interface TrustOptions {
  /** Tenants that start in the main tier. */
  readonly vouchedTenants: readonly string[]
  /** What a tenant on probation has to show before it is promoted. */
  readonly cleanTasks: number
  readonly probationMs: number
}

/** What tenants did is saved this often: losing a little of it to a crash only makes them wait longer. */
const SAVE_EVERY_MS = 10_000
/** Likewise the time they spent, which passes for everybody on probation. */
const SAVE_TIME_EVERY_MS = 300_000

export class Trust {
  readonly #store: Store
  readonly #options: TrustOptions
  readonly #tenants = new Map<string, TenantRow>()
  /** Of each tenant on probation, up to when its row has the time. */
  readonly #timedUntilMs = new Map<string, number>()
  readonly #unsaved = new Set<string>()
  #lastSaveMs = performance.now()
  #lastTimeSaveMs = this.#lastSaveMs

  constructor(store: Store, options: TrustOptions) {
    this.#store = store
    this.#options = options
    for (const row of store.tenants()) this.#keep(row)
  }

  tierOf(tenant: string): Tier {
    return this.#find(tenant).tier
  }

  /** Whether the tenant has been seen, and is of that tier. Hosts may name anybody. */
  isKnownAs(tenant: string, tier: Tier): boolean {
    return this.#tenants.get(tenant)?.tier === tier
  }

  /** Who has been seen so far. */
  list(): TenantRow[] {
    return [...this.#tenants.values()].map((row) => this.#timed(row))
  }

  /** The operator vouches for a tenant, or does so no more. Returns whether its tier has changed. */
  vouch(tenant: string, vouched: boolean): boolean {
    const row = this.#find(tenant)
    const tier = vouched ? 'main' : row.vouched ? 'probation' : row.tier
    this.#save({ ...row, vouched, tier, cleanTasks: 0, probationMs: 0 })
    return tier !== row.tier
  }

  tenant(tenant: string): TenantRow {
    return this.#timed(this.#find(tenant))
  }

  setNetwork(tenant: string, network: NetworkPolicy): void {
    const row = this.tenant(tenant)
    this.#save({ ...row, network, revision: row.revision + 1 })
  }

  /** Hosts go by it at once: nothing is loaded anew. */
  setQuota(tenant: string, quota: TenantQuota): void {
    this.#save({ ...this.tenant(tenant), quota })
  }

  /** Likewise. */
  setWeight(tenant: string, weight: number): void {
    this.#save({ ...this.tenant(tenant), weight })
  }

  /**
   * The tenant did damage, or may have. Returns whether its tier has changed. Where the operator vouches for a tenant, only
   * its worker is held back: all its others crowding into the probation host would do more damage still.
   */
  demote(tenant: string): boolean {
    const row = this.#find(tenant)
    if (row.vouched) return false
    this.#save({ ...row, tier: 'probation', cleanTasks: 0, probationMs: 0 })
    return row.tier !== 'probation'
  }

  /** What hosts report; they may name anybody. */
  served(tenant: string, cleanTasks: number): void {
    const row = this.#tenants.get(tenant)
    if (row === undefined || row.tier === 'main') return
    this.#tenants.set(tenant, { ...row, cleanTasks: row.cleanTasks + cleanTasks })
    this.#unsaved.add(tenant)
  }

  /** Called every now and then. Returns the tenants that have earned the main tier. */
  promote(): string[] {
    const { cleanTasks, probationMs } = this.#options
    const promoted: TenantRow[] = []
    for (const tenant of this.#timedUntilMs.keys()) {
      const row = this.#tenants.get(tenant)
      if (row === undefined || row.cleanTasks < cleanTasks) continue
      const timed = this.#timed(row)
      if (timed.probationMs >= probationMs) promoted.push({ ...timed, tier: 'main' })
    }
    this.#saveAll(promoted)
    this.#saveProgress()
    return promoted.map(({ tenant }) => tenant)
  }

  #find(tenant: string): TenantRow {
    const known = this.#tenants.get(tenant)
    if (known !== undefined) return known
    const vouched = this.#options.vouchedTenants.includes(tenant)
    const tier = vouched ? 'main' : 'probation'
    const row: TenantRow = {
      tenant,
      vouched,
      tier,
      cleanTasks: 0,
      probationMs: 0,
      network: {},
      quota: {},
      weight: 1,
      revision: 0,
    }
    this.#save(row)
    return row
  }

  /** With the time that has passed for it. */
  #timed(row: TenantRow): TenantRow {
    const untilMs = this.#timedUntilMs.get(row.tenant)
    if (untilMs === undefined) return row
    return { ...row, probationMs: row.probationMs + performance.now() - untilMs }
  }

  #keep(row: TenantRow): void {
    this.#tenants.set(row.tenant, row)
    if (row.tier === 'main') this.#timedUntilMs.delete(row.tenant)
    else this.#timedUntilMs.set(row.tenant, performance.now())
  }

  #save(row: TenantRow): void {
    this.#saveAll([row])
  }

  #saveAll(rows: readonly TenantRow[]): void {
    if (rows.length === 0) return
    for (const row of rows) {
      this.#keep(row)
      this.#unsaved.delete(row.tenant)
    }
    this.#store.saveTenants(rows)
  }

  #saveProgress(): void {
    const nowMs = performance.now()
    if (nowMs - this.#lastSaveMs <= SAVE_EVERY_MS) return
    this.#lastSaveMs = nowMs
    if (nowMs - this.#lastTimeSaveMs > SAVE_TIME_EVERY_MS) {
      this.#lastTimeSaveMs = nowMs
      for (const tenant of this.#timedUntilMs.keys()) this.#noteTime(tenant)
    }
    this.#saveAll(
      [...this.#unsaved].flatMap((tenant) => this.#tenants.get(tenant) ?? []).map((row) => this.#timed(row)),
    )
  }

  /** Who has waited long enough waits for tasks, and its row is not written again until they come. */
  #noteTime(tenant: string): void {
    const row = this.#tenants.get(tenant)
    if (row !== undefined && row.probationMs < this.#options.probationMs) this.#unsaved.add(tenant)
  }
}
