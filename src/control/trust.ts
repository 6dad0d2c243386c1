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

/** Progress is saved this often: losing a little of it to a crash only makes a tenant wait longer. */
const SAVE_EVERY_MS = 10_000

export class Trust {
  readonly #store: Store
  readonly #options: TrustOptions
  readonly #tenants = new Map<string, TenantRow>()
  readonly #unsaved = new Set<string>()
  #lastMs = performance.now()
  #lastSaveMs = performance.now()

  constructor(store: Store, options: TrustOptions) {
    this.#store = store
    this.#options = options
    for (const row of store.tenants()) this.#tenants.set(row.tenant, row)
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
    return [...this.#tenants.values()]
  }

  /** The operator vouches for a tenant, or does so no more. Returns whether its tier has changed. */
  vouch(tenant: string, vouched: boolean): boolean {
    const row = this.#find(tenant)
    const tier = vouched ? 'main' : row.vouched ? 'probation' : row.tier
    this.#save({ ...row, vouched, tier, cleanTasks: 0, probationMs: 0 })
    return tier !== row.tier
  }

  tenant(tenant: string): TenantRow {
    return this.#find(tenant)
  }

  setNetwork(tenant: string, network: NetworkPolicy): void {
    const row = this.#find(tenant)
    this.#save({ ...row, network, revision: row.revision + 1 })
  }

  /** Hosts go by it at once: nothing is loaded anew. */
  setQuota(tenant: string, quota: TenantQuota): void {
    this.#save({ ...this.#find(tenant), quota })
  }

  /** Likewise. */
  setWeight(tenant: string, weight: number): void {
    this.#save({ ...this.#find(tenant), weight })
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

  /** Called every now and then: lets time pass, and returns the tenants that have earned the main tier. */
  promote(): string[] {
    const nowMs = performance.now()
    const passedMs = nowMs - this.#lastMs
    this.#lastMs = nowMs
    const promoted: string[] = []
    for (const row of this.#tenants.values()) {
      if (row.tier === 'main') continue
      const probationMs = row.probationMs + passedMs
      this.#tenants.set(row.tenant, { ...row, probationMs })
      this.#unsaved.add(row.tenant)
      if (row.cleanTasks < this.#options.cleanTasks || probationMs < this.#options.probationMs) continue
      this.#save({ ...row, tier: 'main', probationMs })
      promoted.push(row.tenant)
    }
    if (nowMs - this.#lastSaveMs > SAVE_EVERY_MS) this.#saveAll()
    return promoted
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

  #save(row: TenantRow): void {
    this.#tenants.set(row.tenant, row)
    this.#unsaved.delete(row.tenant)
    this.#store.saveTenant(row)
  }

  #saveAll(): void {
    this.#lastSaveMs = performance.now()
    for (const tenant of this.#unsaved) {
      const row = this.#tenants.get(tenant)
      if (row !== undefined) this.#store.saveTenant(row)
    }
    this.#unsaved.clear()
  }
}
