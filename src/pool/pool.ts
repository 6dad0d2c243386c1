// The cache of entries: hit, miss, make room, refuse. Least recently used first; what is in use is never evicted.
//
// Each use stamps an entry with the next number; an eviction looks for the smallest. Keeping the map in order of use
// instead would cost each of a million uses what one eviction costs, and an eviction makes an isolate anyway.
import type { LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { ExecutorName } from '../isolate/executor.ts'
import type { RetirementCause } from '../observer.ts'
import type { PoolStats } from '../stats.ts'
import type { Mode } from '../version.ts'
import { Admission, CLOSED, MEMORY_PRESSURE, refuse, WAS_CLOSED } from './admission.ts'
import { type BlankOptions, BlankReserve, createBlank } from './blanks.ts'
import type { EntryOwner } from './entry-owner.ts'
import { HealthCheck } from './health-check.ts'
import { entryKey, type ModePolicy, modePolicies, versionKey } from './modes.ts'
import { leastRecentlyUsed } from './least-recently-used.ts'
import { RESTARTED, type SocketEnd } from './parked-runs.ts'
import { PoolEntry } from './pool-entry.ts'
import { entryStats } from './pool-stats.ts'
import { TryOuts } from './try-outs.ts'
import type { Turns } from './turns.ts'
import { WaitingLine } from './waiting-line.ts'

export interface PoolOptions {
  readonly services: Services
  /** Whom this thread's time goes to. */
  readonly turns: Turns
  readonly executor: ExecutorName
  /** Most isolates at once. */
  readonly size: number
  /** Most runs waiting for one entry, and for a place in the pool. */
  readonly queueSize: number
  /** Heap of all instances together, by their latest samples, in bytes. */
  readonly memoryBudgetBytes: number
  readonly reserveSize: number
  readonly reserveHeapMb: number
  /** An entry whose heap is above this after a task is replaced, in bytes. */
  readonly restartMemoryBytes: number
  /** How often idle entries are checked, in milliseconds. */
  readonly healthCheckMs: number
  /** How long a response may be streamed by an instance that has a successor, in milliseconds. */
  readonly drainMs: number
  readonly poolContext: 'fresh' | 'warm'
  readonly persistentTasksAtOnce: number
  /** Most instances of one persistent worker. */
  readonly persistentReplicas: number
  /** Most instances of one tenant. */
  readonly tenantInstances: number
  /** Age after which an instance is replaced, in milliseconds. */
  readonly maxAgeMs: number
  /** Exceptions in a row after which an instance is replaced. */
  readonly maxErrors: number
  /** An instance had to make room; what its version holds may be let go of, and be prepared anew. */
  readonly evicted?: ((prepared: PreparedVersion) => void) | undefined
}

/** A second, as often as a host looks. */
const LOOKS_OF_REST = 4

interface Place {
  readonly key: string
  readonly policy: ModePolicy
}

export class Pool implements EntryOwner {
  readonly services: Services
  readonly turns: Turns
  readonly drainMs: number
  readonly #options: PoolOptions
  readonly #policies: Readonly<Record<Mode, ModePolicy>>
  readonly #reserve: BlankReserve
  /** Entries that take runs. */
  readonly #cache = new Map<string, PoolEntry>()
  /** Entries out of the cache that still finish something; they count as places until they are gone. */
  readonly #retiring = new Set<PoolEntry>()
  /** Runs that wait for a place in the pool. */
  readonly #waiting = new WaitingLine()
  /** Versions that no new task comes for; their entries finish what they have. */
  readonly #replaced = new WeakSet<PreparedVersion>()
  readonly #tryOuts: TryOuts
  readonly #admission: Admission
  #memory: 'available' | 'full' = 'available'
  #uses = 0
  /** As of the last few times that memory was short. */
  readonly #usesBefore: number[] = []
  #hits = 0
  #misses = 0
  #evictions = 0
  #closed = false
  #closingSockets: SocketEnd | undefined
  readonly #healthCheck: HealthCheck

  constructor(options: PoolOptions) {
    this.services = options.services
    this.turns = options.turns
    this.drainMs = options.drainMs
    this.#tryOuts = new TryOuts(options.services)
    this.#options = options
    this.#admission = new Admission(options)
    this.#policies = modePolicies(options)
    this.#reserve = new BlankReserve(options.reserveSize, {
      executor: options.executor,
      heapMb: options.reserveHeapMb,
    })
    this.#healthCheck = new HealthCheck({
      everyMs: options.healthCheckMs,
      restartMemoryBytes: options.restartMemoryBytes,
      entries: () => this.#cache.values(),
    })
  }

  /** Fills the reserve, or has that many blanks in it. Without this, and beyond, it fills itself in the background. */
  async warmUp(blanks?: number): Promise<void> {
    await this.#reserve.fill(blanks)
  }

  /** Starts the run, makes it wait, or refuses it. */
  submit(run: TaskRun): void {
    if (this.#closed) {
      refuse(run, CLOSED)
      return
    }
    const policy = this.#policies[run.prepared.mode]
    const key = entryKey(policy, run.prepared, run)
    const entry = this.#cache.get(key)
    if (entry === undefined) {
      this.#misses += 1
      if (this.#memory === 'full') {
        refuse(run, MEMORY_PRESSURE)
        return
      }
      // Whoever waits for a place came before.
      if (this.#waiting.length > 0) this.#wait(run)
      else this.#addFor(run, { key, policy })
      return
    }
    this.#hits += 1
    this.#give(entry, run)
  }

  /**
   * Loads a version ahead of its tasks, or finds out why it cannot be loaded. Where the mode keeps instances per
   * version, the instance stays for the tasks to come; where the pool has no place for it, it is only tried out.
   */
  async preload(prepared: PreparedVersion): Promise<LoadFailure | undefined> {
    const policy = this.#policies[prepared.mode]
    if (policy.isolateBelongsTo !== 'version') return this.#tryOut(prepared)
    const key = versionKey(prepared)
    const entry = this.#cache.get(key) ?? this.#tryAdd({ key, policy }, prepared)
    return entry === undefined ? this.#tryOut(prepared) : entry.loading
  }

  /** Keeps a version's instance from being evicted until the handle is disposed of; undefined where it has none. */
  pin(prepared: PreparedVersion): Disposable | undefined {
    return this.#cache.get(versionKey(prepared))?.pin()
  }

  /** The version gets no new tasks. Those it has finish, running or waiting; its entry goes with the last of them. */
  replace(prepared: PreparedVersion): void {
    this.#replaced.add(prepared)
    // A tenant's shared isolate goes on: it makes each task's context for the version of the day.
    const entry = this.#cache.get(versionKey(prepared))
    if (entry?.isIdle === true) entry.retire('replaced')
    // Clients connect again, to the version that answers now.
    for (const used of this.#entries()) {
      if (used.prepared !== prepared) continue
      used.closeSockets(RESTARTED)
      used.limitStreams()
    }
  }

  /** Closes clients' WebSockets from now on: this host takes no part in anything that lasts any more. */
  closeSockets(end: SocketEnd): void {
    this.#closingSockets = end
    for (const entry of this.#entries()) entry.closeSockets(end)
  }

  get closingSockets(): SocketEnd | undefined {
    return this.#closingSockets
  }

  /**
   * Evicts idle entries, those first that were not used for longest; returns how many there were to evict. What was used
   * within the last few calls stays: whoever is busy is idle between two requests too.
   */
  evictIdle(most: number): number {
    this.#usesBefore.push(this.#uses)
    const unusedSince = (this.#usesBefore.length > LOOKS_OF_REST ? this.#usesBefore.shift() : 0) ?? 0
    for (let evicted = 0; evicted < most; evicted++) {
      const victim = leastRecentlyUsed(this.#cache.values(), 'idle')
      if (victim === undefined || victim.lastUse > unusedSince) return evicted
      this.#evictions += 1
      victim.retire('evicted')
    }
    return most
  }

  /** While it is `full`, tasks that would need a new instance are refused. */
  set memory(state: 'available' | 'full') {
    this.#memory = state
  }

  /** Tasks that wait or run, those included that were answered and still do something. */
  get taskCount(): number {
    let count = this.#waiting.length
    for (const entry of this.#entries()) count += entry.running + entry.waiting.length
    return count
  }

  get instanceCount(): number {
    return this.#cache.size + this.#retiring.size
  }

  collectGarbage(): void {
    for (const entry of this.#cache.values()) entry.collectGarbage()
  }

  stats(): PoolStats {
    const { size } = this.#options
    const cached = this.instanceCount
    const lookups = this.#hits + this.#misses
    return {
      total: size,
      cached,
      capacity: size - cached,
      hitRate: lookups === 0 ? 0 : this.#hits / lookups,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      waiting: this.#waiting.length,
      reserve: this.#reserve.available,
      entries: this.#entries().map(entryStats),
    }
  }

  close(): void {
    this.#closed = true
    this.#healthCheck.close()
    for (const run of this.#waiting.takeAll()) refuse(run, WAS_CLOSED)
    for (const entry of this.#entries()) entry.close()
    this.#tryOuts.close()
    this.#reserve.close()
  }

  // As the owner of entries

  async takeBlank(prepared: PreparedVersion): ReturnType<EntryOwner['takeBlank']> {
    const wanted: BlankOptions = { executor: this.#options.executor, heapMb: prepared.limits.heapMb }
    const ready = this.#reserve.take(wanted)
    if (ready !== undefined) return { blank: ready, fromReserve: true }
    return { blank: await createBlank(wanted), fromReserve: false }
  }

  released(entry: PoolEntry): void {
    if (entry.state === 'gone') this.#retiring.delete(entry)
    else if (entry.heapBytes > this.#options.restartMemoryBytes) entry.retire('memory')
    else this.#touch(entry)
    this.placeFreed()
  }

  heard(entry: PoolEntry): void {
    this.#touch(entry)
  }

  placeFreed(): void {
    if (this.#waiting.length > 0) setImmediate(() => this.#admitWaiting())
  }

  isReplaced(prepared: PreparedVersion): boolean {
    return this.#replaced.has(prepared)
  }

  retired(entry: PoolEntry, cause: RetirementCause, left: readonly TaskRun[]): void {
    if (this.#cache.get(entry.key) === entry) this.#cache.delete(entry.key)
    if (entry.state !== 'gone') this.#retiring.add(entry)
    const { worker } = entry.prepared.version
    this.services.observer.instanceRetired?.({ worker, cause })
    if (cause === 'evicted') this.#options.evicted?.(entry.prepared)
    // In a turn of their own: the entry that caused this may still be on the stack.
    if (left.length > 0) setImmediate(() => left.forEach((run) => this.#resubmit(run)))
  }

  #entries(): PoolEntry[] {
    return [...this.#cache.values(), ...this.#retiring]
  }

  #addFor(run: TaskRun, place: Place): void {
    const entry = this.#tryAdd(place, run.prepared)
    if (entry === undefined) {
      this.#wait(run)
      return
    }
    this.#give(entry, run)
    for (const other of this.#waiting.takeAll((waiting) => this.#keyOf(waiting) === place.key)) this.#give(entry, other)
  }

  /** Until there is a place in the pool. */
  #wait(run: TaskRun): void {
    const refusal = this.#admission.toPool(this.#waiting.length)
    if (refusal === undefined) this.#waiting.add(run)
    else refuse(run, refusal)
  }

  #give(entry: PoolEntry, run: TaskRun): void {
    const refusal = this.#admission.toWorker(run, entry.load)
    if (refusal !== undefined) {
      refuse(run, refusal)
      return
    }
    this.#touch(entry)
    entry.take(run)
  }

  #touch(entry: PoolEntry): void {
    this.#uses += 1
    entry.lastUse = this.#uses
  }

  /** A new entry, if there is a place for it or one can be made. */
  #tryAdd({ key, policy }: Place, prepared: PreparedVersion): PoolEntry | undefined {
    if (!this.#makeRoom()) return undefined
    const entry = new PoolEntry({ key, policy, prepared, owner: this })
    this.#cache.set(key, entry)
    entry.create()
    return entry
  }

  #makeRoom(): boolean {
    const { size, memoryBudgetBytes } = this.#options
    while (this.#cache.size + this.#retiring.size >= size || this.#heapBytes() > memoryBudgetBytes) {
      const victim =
        leastRecentlyUsed(this.#cache.values(), 'idle') ?? leastRecentlyUsed(this.#cache.values(), 'parked')
      if (victim === undefined) return false
      this.#evictions += 1
      victim.retire('evicted')
      // One that clients had WebSockets to may have something left to do; its place is free when that is done.
      if (victim.state !== 'gone') return false
    }
    return true
  }

  #heapBytes(): number {
    let bytes = 0
    for (const entry of this.#cache.values()) bytes += entry.heapBytes
    return bytes
  }

  /** A place may have become free. */
  #admitWaiting(): void {
    while (this.#waiting.length > 0 && this.#makeRoom()) {
      const run = this.#waiting.shift()
      if (run !== undefined) this.#resubmit(run)
    }
  }

  /** Like a submission, but counted before. */
  #resubmit(run: TaskRun): void {
    if (run.state !== 'waiting') return
    const policy = this.#policies[run.prepared.mode]
    const key = this.#keyOf(run)
    const entry = this.#cache.get(key)
    if (this.#closed) refuse(run, WAS_CLOSED)
    else if (entry === undefined) this.#addFor(run, { key, policy })
    else this.#give(entry, run)
  }

  #keyOf(run: TaskRun): string {
    return entryKey(this.#policies[run.prepared.mode], run.prepared, run)
  }

  async #tryOut(prepared: PreparedVersion): Promise<LoadFailure | undefined> {
    const { blank } = await this.takeBlank(prepared)
    return this.#tryOuts.load(blank, prepared)
  }
}
