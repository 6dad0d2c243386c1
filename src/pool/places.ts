// The entries there are, and the room for more: how many the pool may have, how many a tenant may have, and how much memory
// all may take. What is in use is never evicted.
//
// Each use stamps an entry with the next number; an eviction looks for the smallest. Keeping the entries in order of use
// instead would cost each of a million uses what one eviction costs, and an eviction makes an isolate anyway.
import type { PoolEntry } from './pool-entry.ts'
import { leastRecentlyUsed } from './least-recently-used.ts'
import { Replicas } from './replicas.ts'
import type { LineKeeper } from './waiting-line.ts'

export interface PlacesOptions {
  /** Most isolates at once. */
  readonly size: number
  /** Most isolates of one tenant at once. */
  readonly tenantInstances: number
  /** Heap of all instances together, by their latest samples, in bytes. */
  readonly memoryBudgetBytes: number
  /** Keeps count of the lines. */
  readonly keeper: LineKeeper
  /** Has it retired: it makes room. */
  readonly evict: (entry: PoolEntry) => void
}

/** Whether one more entry may be made, or who has as many as may be. */
export type Room = 'made' | 'tenant-full' | 'full'

/** A second, as often as a host looks. */
const LOOKS_OF_REST = 4

export class Places {
  readonly #options: PlacesOptions
  /** Entries that take runs, by key. */
  readonly #replicas = new Map<string, Replicas>()
  /** Entries out of the cache that still finish something; they count as places until they are gone. */
  readonly #retiring = new Set<PoolEntry>()
  /** Tenant → its entries. */
  readonly #ofTenant = new Map<string, number>()
  #cached = 0
  #uses = 0
  /** As of the last few times that memory was short. */
  readonly #usesBefore: number[] = []

  constructor(options: PlacesOptions) {
    this.#options = options
  }

  /** Isolates, those included that are on their way out. */
  get count(): number {
    return this.#cached + this.#retiring.size
  }

  get(key: string): Replicas | undefined {
    return this.#replicas.get(key)
  }

  countOf(key: string): number {
    return this.#replicas.get(key)?.count ?? 0
  }

  all(): IterableIterator<Replicas> {
    return this.#replicas.values()
  }

  /** Entries that take runs. */
  cached(): PoolEntry[] {
    const cached: PoolEntry[] = []
    for (const { entries } of this.#replicas.values()) cached.push(...entries)
    return cached
  }

  entries(): PoolEntry[] {
    return [...this.cached(), ...this.#retiring]
  }

  /** The line of those that wait for an entry of that key, and the others who serve it. */
  replicasOf(key: string): Replicas {
    let replicas = this.#replicas.get(key)
    if (replicas === undefined) {
      replicas = new Replicas(this.#options.keeper)
      this.#replicas.set(key, replicas)
    }
    return replicas
  }

  add(entry: PoolEntry): void {
    this.replicasOf(entry.key).add(entry)
    this.#cached += 1
    this.#ofTenant.set(entry.tenant, (this.#ofTenant.get(entry.tenant) ?? 0) + 1)
  }

  /** It takes no more runs. Returns the others of its key, none of them perhaps; undefined where it was out already. */
  retire(entry: PoolEntry): Replicas | undefined {
    const replicas = this.#replicas.get(entry.key)
    if (replicas === undefined || !replicas.has(entry)) return undefined
    replicas.delete(entry)
    this.#cached -= 1
    this.#retiring.add(entry)
    if (replicas.count === 0) this.#replicas.delete(entry.key)
    return replicas
  }

  gone(entry: PoolEntry): void {
    if (!this.#retiring.delete(entry)) return
    const left = (this.#ofTenant.get(entry.tenant) ?? 1) - 1
    if (left > 0) this.#ofTenant.set(entry.tenant, left)
    else this.#ofTenant.delete(entry.tenant)
  }

  /** There is a place for one more that nobody has to leave for. */
  hasRoom(tenant: string): boolean {
    return !this.isTenantFull(tenant) && !this.#isFull
  }

  isTenantFull(tenant: string): boolean {
    return (this.#ofTenant.get(tenant) ?? 0) >= this.#options.tenantInstances
  }

  /** Evicts what it takes. A tenant that has as many as it may have makes room for itself. */
  makeRoom(tenant: string): Room {
    while (this.isTenantFull(tenant)) if (!this.#evictOne(this.#of(tenant))) return 'tenant-full'
    while (this.#isFull) if (!this.#evictOne(this.cached())) return 'full'
    return 'made'
  }

  /** The entry was used now. */
  touch(entry: PoolEntry): void {
    this.#uses += 1
    entry.lastUse = this.#uses
  }

  /**
   * Evicts idle entries, those first that were not used for longest; returns how many there were to evict. What was used
   * within the last few calls stays: whoever is busy is idle between two requests too.
   */
  evictIdle(most: number): number {
    this.#usesBefore.push(this.#uses)
    const unusedSince = (this.#usesBefore.length > LOOKS_OF_REST ? this.#usesBefore.shift() : 0) ?? 0
    for (let evicted = 0; evicted < most; evicted++) {
      const victim = leastRecentlyUsed(this.cached(), { kind: 'idle' })
      if (victim === undefined || victim.lastUse > unusedSince) return evicted
      this.#options.evict(victim)
    }
    return most
  }

  get #isFull(): boolean {
    return this.count >= this.#options.size || this.#heapBytes() > this.#options.memoryBudgetBytes
  }

  *#of(tenant: string): Generator<PoolEntry> {
    for (const entry of this.cached()) if (entry.tenant === tenant) yield entry
  }

  /** Those that a version asks to be kept warm come after all that may go. */
  #evictOne(candidates: Iterable<PoolEntry>): boolean {
    const entries = [...candidates]
    const isKept = ({ key, prepared }: PoolEntry): boolean => prepared.minWarm >= this.countOf(key)
    const victim =
      leastRecentlyUsed(entries, { kind: 'idle', isKept }) ??
      leastRecentlyUsed(entries, { kind: 'idle' }) ??
      leastRecentlyUsed(entries, { kind: 'parked' })
    if (victim === undefined) return false
    this.#options.evict(victim)
    // One that clients had WebSockets to may have something left to do; its place is free when that is done.
    return victim.state === 'gone'
  }

  #heapBytes(): number {
    let bytes = 0
    for (const entry of this.cached()) bytes += entry.heapBytes
    return bytes
  }
}
