// One isolate of the pool with what is in it: a warm instance, or one context after another; and the line of runs that
// wait for it.
//
// States: `creating` → `open` ⇄ `collecting` → `retired` → `gone`. Only an `open` entry starts runs; a `retired` one is
// out of the cache and finishes what it has; `gone` means disposed of. What is in use is never destroyed.
import type { ParkRefusal } from '../instance/apply-answer.ts'
import type { Instance, InstanceEvents } from '../instance/instance.ts'
import { isLoadFailure, type LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import { TaskRun } from '../instance/task-run.ts'
import type { RetirementCause } from '../observer.ts'
import type { EntryState } from '../stats.ts'
import { blankFailure } from './blanks.ts'
import { EntryInstances } from './entry-instances.ts'
import type { EntryOwner } from './entry-owner.ts'
import { EntryTurns } from './entry-turns.ts'
import { EntryUse } from './entry-use.ts'
import { IsolateContexts } from './isolate-contexts.ts'
import type { ModePolicy } from './modes.ts'
import { RESTARTED, type SocketEnd } from './parked-runs.ts'
import type { WaitingLine } from './waiting-line.ts'
import { ErrorStreak } from './wear.ts'

interface EntryOptions {
  readonly key: string
  readonly policy: ModePolicy
  readonly prepared: PreparedVersion
  /** Shared by all entries of the key. */
  readonly waiting: WaitingLine
  readonly owner: EntryOwner
}

export class PoolEntry {
  readonly key: string
  readonly policy: ModePolicy
  /** The version it was made for; the isolate of a tenant serves others too. */
  readonly prepared: PreparedVersion
  readonly waiting: WaitingLine
  readonly errors: ErrorStreak = new ErrorStreak()
  readonly createdMs: number = performance.now()
  /** By chance, between 0 and 1: tells it from those that were made with it. */
  readonly lot: number = Math.random()
  tasksServed = 0
  /** Stamp of its latest use; the pool's. */
  lastUse = 0

  readonly #owner: EntryOwner
  #state: EntryState = 'creating'
  readonly #instances = new EntryInstances()
  #loading: Promise<LoadFailure | undefined> = Promise.resolve(undefined)
  readonly #use = new EntryUse()
  readonly #turns: EntryTurns
  #streamTimer: NodeJS.Timeout | undefined
  #disposal: 'background' | 'now' = 'background'

  constructor({ key, policy, prepared, waiting, owner }: EntryOptions) {
    this.waiting = waiting
    this.key = key
    this.policy = policy
    this.prepared = prepared
    this.#owner = owner
    this.#turns = new EntryTurns(owner.turns, this.tenant)
  }

  get tenant(): string {
    return this.prepared.version.tenant
  }

  get state(): EntryState {
    return this.#state
  }

  get isIdle(): boolean {
    return this.#state === 'open' && !this.#inUse && this.waiting.length === 0
  }

  /** Nothing but clients' WebSockets keeps it. */
  get isParked(): boolean {
    return this.#state === 'open' && this.sockets > 0 && !this.#isWorking && this.waiting.length === 0
  }

  /** Clients have WebSockets to it, or somebody has a handle. */
  get isHeld(): boolean {
    return this.#use.isHeld
  }

  /** It should be able to take a run, and is not. */
  get isBroken(): boolean {
    return this.#state === 'open' && this.policy.context === 'warm' && this.#instances.current?.state !== 'ready'
  }

  get running(): number {
    return this.#use.running
  }

  /** Clients' WebSockets. */
  get sockets(): number {
    return this.#use.sockets
  }

  get heapBytes(): number {
    return this.#instances.heapBytes
  }

  /** Operations its tasks have under way. */
  get openOps(): number {
    return this.#instances.current?.openOps ?? 0
  }

  get #inUse(): boolean {
    return this.sockets > 0 || this.#isWorking
  }

  get #isWorking(): boolean {
    return this.#use.isWorking || this.#instances.isPreparing
  }

  /** Starts the run this moment, where nobody waits and there is time. Returns whether it did. */
  startAtOnce(run: TaskRun): boolean {
    const { context, tasksAtOnce } = this.policy
    const { current } = this.#instances
    if (
      context !== 'warm' ||
      current?.state !== 'ready' ||
      this.#state !== 'open' ||
      this.#use.running >= tasksAtOnce ||
      this.waiting.length > 0 ||
      !this.#turns.isFree
    ) {
      return false
    }
    this.#start(current, run)
    return true
  }

  /** It goes to the end of the line. */
  wait(run: TaskRun): void {
    this.waiting.add(run)
    this.#startNext()
  }

  /** Resolves when the entry is open, or has failed to load its version. */
  get loading(): Promise<LoadFailure | undefined> {
    return this.#loading
  }

  create(): void {
    this.#loading = this.#create().catch((error: unknown) => {
      const failure = blankFailure(error)
      this.retire('load-failed', failure)
      this.#destroyIfUnused()
      return failure
    })
  }

  /** Makes the isolate, and in it what can be made before a run is known. */
  async #create(): Promise<LoadFailure | undefined> {
    const startMs = performance.now()
    await this.#turns.forCreation()
    const { blank, fromReserve } = await this.#owner.takeBlank(this.prepared)
    if (this.#state !== 'creating') {
      blank.isolate.dispose('now')
      return undefined
    }
    const events: InstanceEvents = {
      runEnded: (run) => this.#runEnded(run),
      parked: (run) => this.#park(run),
      heard: () => this.#owner.heard(this),
      spoiled: (cause) => this.#spoiled(cause),
    }
    this.#instances.attach(new IsolateContexts(blank, this.#owner.services, events))
    const blankMs = performance.now()
    if (this.policy.isolateBelongsTo !== 'tenant') {
      const loaded = await this.#instances.prepare(this.prepared)
      if (loaded === undefined) return undefined
      if (isLoadFailure(loaded)) {
        this.retire('load-failed', loaded)
        this.#destroyIfUnused()
        return loaded
      }
      if (this.policy.context === 'warm') this.#instances.current = loaded
      else this.#instances.keepAhead(loaded)
    }
    this.#state = 'open'
    const { tenant, worker } = this.prepared.version
    const openMs = performance.now()
    const [creationMs, loadMs] = [openMs - startMs, openMs - blankMs]
    this.#owner.services.observer.instanceCreated?.({ tenant, worker, creationMs, loadMs, fromReserve })
    this.#owner.opened(this)
    this.#startNext()
    // Those it was made for may have left.
    if (this.isIdle) this.#afterUse()
    return undefined
  }

  /** Keeps the entry from being evicted until the handle is disposed of. */
  pin(): Disposable {
    return this.#use.pin(() => this.#afterUse())
  }

  /** Takes no more runs; it is destroyed at once when it is not in use, else by its last release. */
  retire(cause: RetirementCause, failure?: LoadFailure): void {
    if (this.#state === 'retired' || this.#state === 'gone') return
    this.#state = 'retired'
    this.#instances.current?.drain()
    this.#owner.retired(this, failure === undefined ? { cause } : { cause, failure })
    // Whoever holds a WebSocket would hold the isolate for as long as they like.
    if (cause !== 'closed') this.closeSockets(RESTARTED)
    if (this.#inUse) this.limitStreams()
    else this.#destroy()
  }

  closeSockets({ code, reason }: SocketEnd): void {
    this.#instances.current?.closeSockets(code, reason)
  }

  /** There is a successor. Most streams end by themselves; one that does not would hold the isolate for ever. */
  limitStreams(): void {
    this.#streamTimer ??= setTimeout(() => this.#instances.current?.endStreams(), this.#owner.drainMs).unref()
  }

  /** Ends whatever runs, and destroys the isolate now. */
  close(): void {
    this.#disposal = 'now'
    this.retire('closed')
    this.#destroy()
  }

  collectGarbage(): void {
    const instance = this.#instances.resting
    if (!this.isIdle || instance === undefined) return
    this.#state = 'collecting'
    const beforeBytes = this.heapBytes
    instance.collectGarbage(new TaskRun(instance.prepared, { type: 'load' }))
    const { tenant, worker } = this.prepared.version
    this.#owner.services.observer.garbageCollected?.({ tenant, worker, beforeBytes, afterBytes: this.heapBytes })
    if (this.#state === 'collecting') this.#state = 'open'
    this.#startNext()
  }

  #start(instance: Instance, run: TaskRun): void {
    this.#use.running += 1
    this.tasksServed += 1
    instance.start(run)
  }

  /** Whether a run that waits could start, if it were this entry's turn. */
  get #canStart(): boolean {
    if (this.#state !== 'open' || this.#instances.isPreparing || this.waiting.length === 0) return false
    if (this.policy.context === 'fresh') return this.#use.running === 0
    return this.#instances.current?.state === 'ready' && this.#use.running < this.policy.tasksAtOnce
  }

  /** Starts as many waiting runs as there is room for, while there is time. */
  #startNext(): void {
    while (this.#canStart) {
      if (!this.#turns.isFree) {
        this.#startInTurn()
        return
      }
      this.#startOne()
    }
  }

  /** One run each time. */
  #startInTurn(): void {
    this.#turns.await(() => {
      if (!this.#canStart) return
      this.#startOne()
      this.#startNext()
    })
  }

  #startOne(): void {
    if (this.policy.context === 'fresh') {
      void this.#startFresh()
      return
    }
    const run = this.waiting.shift()
    if (run !== undefined && this.#instances.current !== undefined) this.#start(this.#instances.current, run)
  }

  /** Gives the run that came first a context nobody used. */
  async #startFresh(): Promise<void> {
    const run = this.waiting.shift()
    if (run === undefined) return
    const loaded = this.#instances.takeAhead(run.prepared) ?? (await this.#prepare(run.prepared))
    if (loaded === undefined) {
      this.#owner.handBack(run)
      return
    }
    if (isLoadFailure(loaded)) {
      run.fail(loaded.outcome, loaded.error)
      run.end()
      this.#afterUse()
      return
    }
    if (run.state === 'ended') {
      // Its caller left meanwhile.
      this.#instances.keepAhead(loaded)
      this.#afterUse()
      return
    }
    this.#instances.current = loaded
    this.#start(loaded, run)
  }

  /** Undefined when the entry was destroyed meanwhile. */
  #prepare(prepared: PreparedVersion): Promise<Instance | LoadFailure | undefined> {
    this.#turns.chargeCreation()
    return this.#instances.prepare(prepared)
  }

  /** Makes the next run's context while nobody waits for it. */
  async #makeAhead(): Promise<void> {
    if (!this.isIdle || this.#instances.hasAhead || this.policy.isolateBelongsTo !== 'version') return
    const loaded = await this.#prepare(this.prepared)
    if (loaded === undefined) return
    if (!isLoadFailure(loaded)) this.#instances.keepAhead(loaded)
    this.#destroyIfUnused()
    this.#startNext()
    this.#owner.placeFreed()
  }

  #park(run: TaskRun): ParkRefusal | undefined {
    const refusal = this.#use.park(run, this.policy)
    if (refusal !== undefined) return refusal
    // In a turn of its own: the entry into V8 that answers the run is still on the stack.
    setImmediate(() => {
      const isLeaving = this.#state !== 'open' || this.#owner.isReplaced(this.prepared)
      const end = this.#owner.closingSockets ?? (isLeaving ? RESTARTED : undefined)
      // Nothing that begins now may last.
      if (end !== undefined) this.closeSockets(end)
      this.#startNext()
      this.#owner.placeFreed()
    })
    return undefined
  }

  #runEnded(run: TaskRun): void {
    this.#use.ended(run)
    this.errors.note(run)
    if (this.policy.context === 'fresh') this.#instances.useUp()
    this.#afterUse()
  }

  #afterUse(): void {
    if (this.#state === 'retired') {
      this.#destroyIfUnused()
      return
    }
    const { context, isolateBelongsTo } = this.policy
    if (isolateBelongsTo === 'task') {
      this.retire('task-ended')
      return
    }
    if (isolateBelongsTo === 'version' && this.isIdle && this.#owner.isReplaced(this.prepared)) {
      this.retire('replaced')
      return
    }
    this.#owner.released(this)
    // In a turn of its own, so that the answer of the run that ended is written first; and after those that wait for a
    // place in the pool, who may want this one.
    if (this.waiting.length > 0) setImmediate(() => this.#startNext())
    else if (context === 'fresh') setImmediate(() => void this.#makeAhead())
  }

  #spoiled(cause: RetirementCause): void {
    // A version that breaks a limit while it loads does so again: those that wait for it hear of it.
    if (this.#state === 'creating') return
    if (this.#state === 'retired') {
      // The grace of the other tasks is over, or the isolate is gone.
      this.#instances.current?.close()
      this.#destroyIfUnused()
    } else {
      this.retire(cause)
    }
  }

  #destroyIfUnused(): void {
    if (this.#state === 'retired' && !this.#inUse) this.#destroy()
  }

  #destroy(): void {
    if (this.#state === 'gone') return
    this.#state = 'gone'
    clearTimeout(this.#streamTimer)
    this.#instances.dispose(this.#disposal)
    this.#owner.released(this)
  }
}
