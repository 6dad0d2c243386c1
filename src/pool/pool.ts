// The pool: hit, miss, make room, refuse. Who may wait is `admission.ts`, which entries there are and which of them goes is
// `places.ts`, how many of a worker `sizing.ts`.
import type { LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { ExecutorName } from '../isolate/executor.ts'
import type { PoolStats } from '../stats.ts'
import type { Mode } from '../version.ts'
import { Admission, CLOSED, refuse, WAS_CLOSED } from './admission.ts'
import { BlankReserve } from './blanks.ts'
import type { EntryOwner, Retirement } from './entry-owner.ts'
import { HealthCheck } from './health-check.ts'
import { entryKey, type ModePolicy, modePolicies, type Place, versionKey } from './modes.ts'
import { RESTARTED, type SocketEnd } from './parked-runs.ts'
import { Places } from './places.ts'
import { PoolEntry } from './pool-entry.ts'
import { entryStats } from './pool-stats.ts'
import type { Replicas } from './replicas.ts'
import { Sizing } from './sizing.ts'
import { TryOuts } from './try-outs.ts'
import type { Turns } from './turns.ts'
import { WaitingLine } from './waiting-line.ts'
import { wearOf, type WearLimits } from './wear.ts'

export interface PoolOptions extends WearLimits {
  readonly services: Services
  /** Whom this thread's time goes to. */
  readonly turns: Turns
  readonly executor: ExecutorName
  /** Most isolates at once. */
  readonly size: number
  /** Most isolates of one tenant at once. */
  readonly tenantInstances: number
  /** Most instances of one persistent worker at once. */
  readonly persistentReplicas: number
  /** Most runs waiting for one worker, and of one tenant for a place in the pool. */
  readonly queueSize: number
  /** Most runs of one tenant waiting, in all lines together. */
  readonly tenantQueueSize: number
  /** How long a run may wait for an instance, in milliseconds. */
  readonly queueWaitMs: number
  /** Heap of all instances together, by their latest samples, in bytes. */
  readonly memoryBudgetBytes: number
  readonly reserveSize: number
  readonly reserveHeapMb: number
  /** How often entries are checked, in milliseconds. */
  readonly healthCheckMs: number
  /** How long a response may be streamed by an instance that has a successor, in milliseconds. */
  readonly drainMs: number
  readonly poolContext: 'fresh' | 'warm'
  readonly persistentTasksAtOnce: number
  /** An instance had to make room; what its version holds may be let go of, and be prepared anew. */
  readonly evicted?: ((prepared: PreparedVersion) => void) | undefined
}

export class Pool implements EntryOwner {
  readonly services: Services
  readonly turns: Turns
  readonly drainMs: number
  readonly #options: PoolOptions
  readonly #policies: Readonly<Record<Mode, ModePolicy>>
  readonly #reserve: BlankReserve
  readonly #places: Places
  readonly #sizing: Sizing
  /** Runs that wait for a place in the pool. */
  readonly #waiting: WaitingLine
  /** Versions that no new task comes for; their entries finish what they have. */
  readonly #replaced = new WeakSet<PreparedVersion>()
  readonly #tryOuts: TryOuts
  readonly #admission: Admission
  readonly #healthCheck: HealthCheck
  #memory: 'available' | 'full' = 'available'
  #hits = 0
  #misses = 0
  #evictions = 0
  #closed = false
  #isAdmitting = false
  #closingSockets: SocketEnd | undefined

  constructor(options: PoolOptions) {
    this.services = options.services
    this.turns = options.turns
    this.drainMs = options.drainMs
    this.#options = options
    this.#admission = new Admission(options)
    this.#waiting = new WaitingLine(this.#admission)
    this.#policies = modePolicies(options)
    this.#reserve = new BlankReserve(options.reserveSize, {
      executor: options.executor,
      heapMb: options.reserveHeapMb,
    })
    this.#tryOuts = new TryOuts(options.services, this.#reserve)
    this.#places = new Places({
      size: options.size,
      tenantInstances: options.tenantInstances,
      memoryBudgetBytes: options.memoryBudgetBytes,
      keeper: this.#admission,
      evict: (entry) => {
        this.#evictions += 1
        entry.retire('evicted')
      },
    })
    this.#sizing = new Sizing({
      places: this.#places,
      policyOf: ({ mode }) => this.#policies[mode],
      isReplaced: (prepared) => this.#replaced.has(prepared),
      mayGrow: () => !this.#closed && this.#memory === 'available' && !this.#isPlaceWanted,
      add: (place, prepared) => this.#add(place, prepared),
    })
    this.#healthCheck = new HealthCheck({
      everyMs: options.healthCheckMs,
      limits: options,
      entries: () => this.#places.cached(),
      worn: (entry, cause) => this.#sizing.renew(entry, cause),
      adjust: () => this.#sizing.adjust(),
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
    const replicas = this.#places.get(key)
    if (replicas === undefined) {
      this.#misses += 1
      if (this.#memory === 'full') refuse(run, this.#admission.memoryPressure)
      else if (this.#waiting.length === 0) this.#addFor(run, { key, policy })
      else {
        // Whoever waits for a place came before, unless it is their tenant that has none left.
        this.#wait(run)
        this.placeFreed()
      }
      return
    }
    this.#hits += 1
    this.#give(replicas, run)
  }

  /**
   * Loads a version ahead of its tasks, or finds out why it cannot be loaded. Where the mode keeps instances per
   * version, the instance stays for the tasks to come; where the pool has no place for it, it is only tried out.
   */
  async preload(prepared: PreparedVersion): Promise<LoadFailure | undefined> {
    const policy = this.#policies[prepared.mode]
    if (policy.isolateBelongsTo !== 'version') return this.#tryOuts.load(prepared)
    const key = versionKey(prepared)
    const entry = this.#places.get(key)?.entries[0] ?? this.#tryAdd({ key, policy }, prepared)
    const failure = await (entry === undefined ? this.#tryOuts.load(prepared) : entry.loading)
    if (failure === undefined) this.#sizing.keepWarm(prepared)
    return failure
  }

  /** Keeps a version's instance from being evicted until the handle is disposed of; undefined where it has none. */
  pin(prepared: PreparedVersion): Disposable | undefined {
    return this.#places.get(versionKey(prepared))?.entries[0]?.pin()
  }

  /** The version gets no new tasks. Those it has finish, running or waiting; its entries go with the last of them. */
  replace(prepared: PreparedVersion): void {
    this.#replaced.add(prepared)
    this.#sizing.forget(prepared)
    // A tenant's shared isolate goes on: it makes each task's context for the version of the day.
    const idle = this.#places.get(versionKey(prepared))?.entries.filter(({ isIdle }) => isIdle) ?? []
    for (const entry of idle) entry.retire('replaced')
    // Clients connect again, to the version that answers now.
    for (const used of this.#places.entries()) {
      if (used.prepared !== prepared) continue
      used.closeSockets(RESTARTED)
      used.limitStreams()
    }
  }

  /** Closes clients' WebSockets from now on: this host takes no part in anything that lasts any more. */
  closeSockets(end: SocketEnd): void {
    this.#closingSockets = end
    for (const entry of this.#places.entries()) entry.closeSockets(end)
  }

  get closingSockets(): SocketEnd | undefined {
    return this.#closingSockets
  }

  /** See {@link Places.evictIdle}. */
  evictIdle(most: number): number {
    return this.#places.evictIdle(most)
  }

  /** While it is `full`, tasks that would need a new instance are refused. */
  set memory(state: 'available' | 'full') {
    this.#memory = state
    this.#admission.memory = state
  }

  /** Tasks that wait or run, those included that were answered and still do something. */
  get taskCount(): number {
    let count = this.#waiting.length
    for (const { waiting } of this.#places.all()) count += waiting.length
    for (const { running } of this.#places.entries()) count += running
    return count
  }

  get instanceCount(): number {
    return this.#places.count
  }

  collectGarbage(): void {
    for (const entry of this.#places.cached()) entry.collectGarbage()
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
      entries: this.#places.entries().map(entryStats),
    }
  }

  close(): void {
    this.#closed = true
    this.#healthCheck.close()
    for (const run of this.#waiting.takeAll()) refuse(run, WAS_CLOSED)
    for (const entry of this.#places.entries()) entry.close()
    this.#tryOuts.close()
    this.#reserve.close()
  }

  // As the owner of entries

  takeBlank(prepared: PreparedVersion): ReturnType<EntryOwner['takeBlank']> {
    return this.#reserve.takeOrMake(prepared)
  }

  opened(entry: PoolEntry): void {
    this.#sizing.opened(entry)
  }

  released(entry: PoolEntry): void {
    if (entry.state === 'gone') this.#places.gone(entry)
    else {
      this.#places.touch(entry)
      const cause = wearOf(entry, this.#options)
      if (cause !== undefined) this.#sizing.renew(entry, cause)
    }
    this.placeFreed()
  }

  heard(entry: PoolEntry): void {
    this.#places.touch(entry)
  }

  placeFreed(): void {
    if (this.#isAdmitting || this.#waiting.length === 0) return
    this.#isAdmitting = true
    setImmediate(() => {
      this.#isAdmitting = false
      this.#admitWaiting()
    })
  }

  isReplaced(prepared: PreparedVersion): boolean {
    return this.#replaced.has(prepared)
  }

  retired(entry: PoolEntry, { cause, failure }: Retirement): void {
    this.#sizing.retired(entry)
    const others = this.#places.retire(entry)
    const { tenant, worker } = entry.prepared.version
    this.services.observer.instanceRetired?.({ tenant, worker, cause })
    if (cause === 'evicted') this.#options.evicted?.(entry.prepared)
    if (others === undefined) return
    if (others.count > 0) {
      // What it would have taken may be more than the others can. One that cannot be loaded is not tried again and again.
      if (failure === undefined) setImmediate(() => this.#sizing.addTo(others))
      return
    }
    const left = others.waiting.takeAll()
    if (failure !== undefined) for (const run of left) failLoad(run, failure)
    else for (const run of left) this.handBack(run)
  }

  handBack(run: TaskRun): void {
    // In a turn of its own: the entry that caused this may still be on the stack.
    setImmediate(() => this.#resubmit(run))
  }

  #addFor(run: TaskRun, place: Place): void {
    const entry = this.#tryAdd(place, run.prepared)
    if (entry === undefined) {
      this.#wait(run)
      return
    }
    const replicas = this.#places.replicasOf(place.key)
    this.#give(replicas, run)
    for (const other of this.#waiting.takeAll((waiting) => this.#keyOf(waiting) === place.key)) {
      this.#give(replicas, other)
    }
  }

  /** By a run that could have the next one that is free. */
  get #isPlaceWanted(): boolean {
    return this.#waiting.hasOf((tenant) => !this.#places.isTenantFull(tenant))
  }

  /** Until there is a place in the pool. */
  #wait(run: TaskRun): void {
    const refusal = this.#admission.toPool(run, this.#waiting)
    if (refusal === undefined) this.#waiting.add(run)
    else refuse(run, refusal)
  }

  #give(replicas: Replicas, run: TaskRun): void {
    const entry = replicas.pick()
    if (entry === undefined) return this.handBack(run)
    this.#places.touch(entry)
    if (entry.startAtOnce(run)) return
    const refusal = this.#admission.toWorker(run, replicas.load)
    if (refusal !== undefined) {
      refuse(run, refusal)
      return
    }
    entry.wait(run)
    this.#sizing.addTo(replicas)
  }

  /** A new entry, if there is a place for it or one can be made. */
  #tryAdd(place: Place, prepared: PreparedVersion): PoolEntry | undefined {
    return this.#places.makeRoom(prepared.version.tenant) === 'made' ? this.#add(place, prepared) : undefined
  }

  #add({ key, policy }: Place, prepared: PreparedVersion): PoolEntry {
    const { waiting } = this.#places.replicasOf(key)
    const entry = new PoolEntry({ key, policy, prepared, waiting, owner: this })
    this.#places.add(entry)
    entry.create()
    return entry
  }

  /** Places may have become free. A tenant that has all it may have does not hold up the others. */
  #admitWaiting(): void {
    let isFull = false
    const mayGo = (tenant: string): boolean => {
      const room = isFull ? 'full' : this.#places.makeRoom(tenant)
      isFull = room === 'full'
      return room === 'made'
    }
    for (let run = this.#waiting.shift(mayGo); run !== undefined; run = this.#waiting.shift(mayGo)) this.#resubmit(run)
  }

  /** Like a submission, but counted before. */
  #resubmit(run: TaskRun): void {
    if (run.state !== 'waiting') return
    const policy = this.#policies[run.prepared.mode]
    const key = this.#keyOf(run)
    const replicas = this.#places.get(key)
    if (this.#closed) refuse(run, WAS_CLOSED)
    else if (replicas === undefined) this.#addFor(run, { key, policy })
    else this.#give(replicas, run)
  }

  #keyOf(run: TaskRun): string {
    return entryKey(this.#policies[run.prepared.mode], run.prepared, run)
  }
}

function failLoad(run: TaskRun, { error, outcome }: LoadFailure): void {
  run.fail(outcome, error)
  run.end()
}
