// How many instances a worker has: more while its line grows, fewer when they are not needed, as many as its version wants to
// have ready; and who takes the place of one that is worn out. Nobody is evicted for any of that: a place that is scarce is
// for workers that have none.
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { RetirementCause } from '../observer.ts'
import { type ModePolicy, type Place, versionKey } from './modes.ts'
import type { Places } from './places.ts'
import type { PoolEntry } from './pool-entry.ts'
import type { Replicas } from './replicas.ts'
import { Succession } from './succession.ts'

interface SizingOptions {
  readonly places: Places
  readonly policyOf: (prepared: PreparedVersion) => ModePolicy
  readonly isReplaced: (prepared: PreparedVersion) => boolean
  /** There is memory for more, and no worker waits for its first. */
  readonly mayGrow: () => boolean
  /** Makes an entry, whose room was looked for before. */
  readonly add: (place: Place, prepared: PreparedVersion) => PoolEntry
}

export class Sizing {
  readonly #options: SizingOptions
  readonly #succession = new Succession()
  /** Versions that want instances without having tasks. */
  readonly #keptWarm = new Set<PreparedVersion>()

  constructor(options: SizingOptions) {
    this.#options = options
  }

  opened(entry: PoolEntry): void {
    this.#succession.opened(entry)
    if (entry.policy.isolateBelongsTo === 'version') this.keepWarm(entry.prepared)
  }

  retired(entry: PoolEntry): void {
    this.#succession.failed(entry)
  }

  /** One more, where more wait than there are places for. */
  addTo(replicas: Replicas): void {
    const [first] = replicas.entries
    if (first === undefined || !replicas.isShort) return
    const { key, policy, prepared, tenant } = first
    if (replicas.count < policy.instances && this.#hasRoom(tenant)) this.#options.add({ key, policy }, prepared)
  }

  /** Has another made in its place; where there is no room for both at once, its next task does. */
  renew(entry: PoolEntry, cause: RetirementCause): void {
    if (entry.state !== 'open' || this.#succession.has(entry)) return
    const { key, policy, prepared, tenant } = entry
    const isWanted = policy.isolateBelongsTo === 'version' && !this.#options.isReplaced(prepared)
    if (!isWanted || entry.isBroken || !this.#hasRoom(tenant)) {
      entry.retire(cause)
      return
    }
    const successor = this.#options.add({ key, policy }, prepared)
    if (cause === 'errors') successor.errors.patience = entry.errors.nextPatience
    this.#succession.begin({ entry, cause }, successor)
  }

  /** It has instances from now on, as many as it wants at least, whether it has tasks or not. */
  keepWarm(prepared: PreparedVersion): void {
    if (prepared.minWarm === 0 || this.#options.isReplaced(prepared)) return
    this.#keptWarm.add(prepared)
    this.#addWanted(prepared)
  }

  forget(prepared: PreparedVersion): void {
    this.#keptWarm.delete(prepared)
  }

  /** To be called now and then. What could not be loaded is tried again. */
  adjust(): void {
    this.#succession.forgetFailures()
    for (const replicas of this.#options.places.all()) {
      this.addTo(replicas)
      const [first] = replicas.entries
      if (first !== undefined && replicas.count > 1) replicas.takeSurplus(first.prepared.minWarm)?.retire('surplus')
    }
    for (const prepared of this.#keptWarm) this.#addWanted(prepared)
  }

  #addWanted(prepared: PreparedVersion): void {
    const { add, places, policyOf } = this.#options
    const policy = policyOf(prepared)
    const key = versionKey(prepared)
    for (let count = places.countOf(key); count < Math.min(prepared.minWarm, policy.instances); count++) {
      if (!this.#hasRoom(prepared.version.tenant)) return
      add({ key, policy }, prepared)
    }
  }

  #hasRoom(tenant: string): boolean {
    return this.#options.mayGrow() && this.#options.places.hasRoom(tenant)
  }
}
