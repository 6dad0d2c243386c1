// One isolate of the pool with what is in it: a warm instance, or one context after another; and the line of runs that
// wait for it.
//
// States: `creating` → `open` ⇄ `collecting` → `retired` → `gone`. Only an `open` entry starts runs; a `retired` one is
// out of the cache and finishes what it has; `gone` means disposed of. What is in use is never destroyed.
import type { ParkRefusal } from '../instance/apply-answer.ts'
import type { Instance } from '../instance/instance.ts'
import { isLoadFailure, type LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import { TaskRun } from '../instance/task-run.ts'
import type { RetirementCause } from '../observer.ts'
import type { EntryState } from '../stats.ts'
import type { EntryOwner } from './entry-owner.ts'
import { IsolateContexts } from './isolate-contexts.ts'
import type { ModePolicy } from './modes.ts'
import { ParkedRuns, RESTARTED, type SocketEnd } from './parked-runs.ts'
import { WaitingLine } from './waiting-line.ts'

interface EntryOptions {
  readonly key: string
  readonly policy: ModePolicy
  readonly prepared: PreparedVersion
  readonly owner: EntryOwner
}

export class PoolEntry {
  readonly key: string
  readonly policy: ModePolicy
  /** The version it was made for; the isolate of a tenant serves others too. */
  readonly prepared: PreparedVersion
  readonly waiting: WaitingLine = new WaitingLine()
  readonly createdMs: number = performance.now()
  tasksServed = 0
  /** Stamp of its latest use; the pool's. */
  lastUse = 0

  readonly #owner: EntryOwner
  #state: EntryState = 'creating'
  #contexts: IsolateContexts | undefined
  /** Warm: the instance. Fresh: the one the present run is on. */
  #current: Instance | undefined
  /** Fresh: made ahead, for the next run of its version. */
  #ahead: Instance | undefined
  /** Fresh: the one the run before was on, until it is given up. */
  #used: Instance | undefined
  /** By the latest sample of the run before. */
  #usedHeapBytes = 0
  #loading: Promise<LoadFailure | undefined> = Promise.resolve(undefined)
  #running = 0
  readonly #parked = new ParkedRuns()
  #pins = 0
  /** `lastUse` as of the last health check, and as of the last time one was worth it. */
  #seenUse = -1
  #checkedUse = -1
  /** A context is being made. */
  #preparing = false
  #disposal: 'background' | 'now' = 'background'

  constructor({ key, policy, prepared, owner }: EntryOptions) {
    this.key = key
    this.policy = policy
    this.prepared = prepared
    this.#owner = owner
  }

  get state(): EntryState {
    return this.#state
  }

  get isIdle(): boolean {
    return this.#state === 'open' && !this.#inUse && this.waiting.length === 0
  }

  /** Nothing but clients' WebSockets keeps it. */
  get isParked(): boolean {
    return this.#state === 'open' && this.#parked.count > 0 && !this.#isWorking && this.waiting.length === 0
  }

  /** It should be able to take a run, and is not. */
  get isBroken(): boolean {
    return this.#state === 'open' && this.policy.context === 'warm' && this.#current?.state !== 'ready'
  }

  /** Whether it has rested since the last time this was asked, and was used before that. Once true for each use. */
  needsCheck(): boolean {
    const rested = this.isIdle && this.lastUse === this.#seenUse && this.lastUse !== this.#checkedUse
    this.#seenUse = this.lastUse
    if (rested) this.#checkedUse = this.lastUse
    return rested
  }

  get running(): number {
    return this.#running
  }

  /** Clients' WebSockets. */
  get sockets(): number {
    return this.#parked.count
  }

  get heapBytes(): number {
    return this.#current?.heapBytes ?? this.#ahead?.heapBytes ?? this.#usedHeapBytes
  }

  /** Operations its tasks have under way. */
  get openOps(): number {
    return this.#current?.openOps ?? 0
  }

  get #inUse(): boolean {
    return this.#parked.count > 0 || this.#isWorking
  }

  get #isWorking(): boolean {
    return this.#running > 0 || this.#pins > 0 || this.#preparing
  }

  /** Whether one more run may come, to start at once or to wait. */
  hasPlace(queueSize: number): boolean {
    return this.#running + this.waiting.length < this.policy.tasksAtOnce + queueSize
  }

  /** Starts the run this moment if it can; otherwise it goes to the end of the line. */
  take(run: TaskRun): void {
    const { context, tasksAtOnce } = this.policy
    if (
      context === 'warm' &&
      this.#current?.state === 'ready' &&
      this.#state === 'open' &&
      this.#running < tasksAtOnce &&
      this.waiting.length === 0
    ) {
      this.#start(this.#current, run)
      return
    }
    this.waiting.add(run)
    this.#startNext()
  }

  /** Resolves when the entry is open, or has failed to load its version. */
  get loading(): Promise<LoadFailure | undefined> {
    return this.#loading
  }

  create(): void {
    this.#loading = this.#create()
  }

  /** Makes the isolate, and in it what can be made before a run is known. */
  async #create(): Promise<LoadFailure | undefined> {
    const startMs = performance.now()
    const { blank, fromReserve } = await this.#owner.takeBlank(this.prepared)
    if (this.#state !== 'creating') {
      blank.isolate.dispose('now')
      return undefined
    }
    this.#contexts = new IsolateContexts(blank, this.#owner.services, {
      runEnded: (run) => this.#runEnded(run),
      parked: (run) => this.#park(run),
      heard: () => this.#owner.heard(this),
      spoiled: (cause) => this.#spoiled(cause),
    })
    if (this.policy.isolateBelongsTo !== 'tenant') {
      const loaded = await this.#prepare(this.prepared)
      if (loaded === undefined) return undefined
      if (isLoadFailure(loaded)) {
        this.#failLoading(loaded)
        this.#destroyIfUnused()
        return loaded
      }
      if (this.policy.context === 'warm') this.#current = loaded
      else this.#ahead = loaded
    }
    this.#state = 'open'
    const { worker } = this.prepared.version
    this.#owner.services.observer.instanceCreated?.({ worker, creationMs: performance.now() - startMs, fromReserve })
    this.#startNext()
    // Those it was made for may have left.
    if (this.isIdle) this.#afterUse()
    return undefined
  }

  /** Keeps the entry from being evicted until the handle is disposed of. */
  pin(): Disposable {
    this.#pins += 1
    let pinned = true
    return {
      [Symbol.dispose]: () => {
        if (!pinned) return
        pinned = false
        this.#pins -= 1
        this.#afterUse()
      },
    }
  }

  /** Takes no more runs; it is destroyed at once when it is not in use, else by its last release. */
  retire(cause: RetirementCause): void {
    if (this.#state === 'retired' || this.#state === 'gone') return
    this.#state = 'retired'
    this.#current?.drain()
    const left: TaskRun[] = []
    for (let run = this.waiting.shift(); run !== undefined; run = this.waiting.shift()) left.push(run)
    this.#owner.retired(this, cause, left)
    // Whoever holds a WebSocket would hold the isolate for as long as they like.
    if (cause !== 'closed') this.closeSockets(RESTARTED)
    this.#destroyIfUnused()
  }

  closeSockets({ code, reason }: SocketEnd): void {
    this.#current?.closeSockets(code, reason)
  }

  /** Ends whatever runs, and destroys the isolate now. */
  close(): void {
    this.#disposal = 'now'
    this.retire('closed')
    this.#destroy()
  }

  collectGarbage(): void {
    const instance = this.#current ?? this.#ahead
    if (!this.isIdle || instance === undefined) return
    this.#state = 'collecting'
    instance.collectGarbage(new TaskRun(instance.prepared, { type: 'load' }))
    if (this.#state === 'collecting') this.#state = 'open'
    this.#startNext()
  }

  #start(instance: Instance, run: TaskRun): void {
    this.#running += 1
    this.tasksServed += 1
    instance.start(run)
  }

  /** Starts as many waiting runs as there is room for. */
  #startNext(): void {
    if (this.#state !== 'open' || this.#preparing) return
    if (this.policy.context === 'fresh') {
      if (this.#running === 0 && this.waiting.length > 0) void this.#startFresh()
      return
    }
    const instance = this.#current
    if (instance === undefined) return
    // A task that is started may end the instance.
    const canStart = (): boolean => instance.state === 'ready' && this.#running < this.policy.tasksAtOnce
    for (let run = canStart() && this.waiting.shift(); run; run = canStart() && this.waiting.shift()) {
      this.#start(instance, run)
    }
  }

  /** Gives the run that came first a context nobody used. */
  async #startFresh(): Promise<void> {
    const run = this.waiting.shift()
    if (run === undefined) return
    const ready = this.#ahead?.prepared === run.prepared ? this.#ahead : undefined
    if (ready !== undefined) this.#ahead = undefined
    const loaded = ready ?? (await this.#prepare(run.prepared))
    if (loaded === undefined) {
      this.#owner.retired(this, 'closed', [run])
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
      this.#keepAhead(loaded)
      this.#afterUse()
      return
    }
    this.#current = loaded
    this.#start(loaded, run)
  }

  /** Undefined when the entry was destroyed meanwhile. */
  async #prepare(prepared: PreparedVersion): Promise<Instance | LoadFailure | undefined> {
    const contexts = this.#contexts
    if (contexts === undefined) return undefined
    this.#preparing = true
    // A caller that sends one task after the other may let no turn of the event loop pass.
    this.#closeUsed()
    const loaded = await contexts.load(prepared)
    this.#preparing = false
    if (this.state !== 'gone') return loaded
    if (!isLoadFailure(loaded)) loaded.close()
    return undefined
  }

  /** Makes the next run's context while nobody waits for it. */
  async #makeAhead(): Promise<void> {
    if (!this.isIdle || this.#ahead !== undefined || this.policy.isolateBelongsTo !== 'version') return
    const loaded = await this.#prepare(this.prepared)
    if (loaded === undefined) return
    if (!isLoadFailure(loaded)) this.#keepAhead(loaded)
    this.#destroyIfUnused()
    this.#startNext()
    this.#owner.placeFreed()
  }

  #keepAhead(instance: Instance): void {
    this.#ahead?.close()
    this.#ahead = instance
  }

  #failLoading(failure: LoadFailure): void {
    for (let run = this.waiting.shift(); run !== undefined; run = this.waiting.shift()) {
      run.fail(failure.outcome, failure.error)
      run.end()
    }
    this.retire('load-failed')
  }

  #park(run: TaskRun): ParkRefusal | undefined {
    const refusal = this.#parked.add(run, this.policy)
    if (refusal !== undefined) return refusal
    this.#running -= 1
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
    if (!this.#parked.remove(run)) this.#running -= 1
    if (this.policy.context === 'fresh') {
      this.#closeUsed()
      this.#used = this.#current
      this.#current = undefined
      this.#usedHeapBytes = this.#used?.heapBytes ?? 0
      // Given up in a turn of its own: the entry that ended the run is still on the stack.
      setImmediate(() => this.#closeUsed())
    }
    this.#afterUse()
  }

  #closeUsed(): void {
    this.#used?.close()
    this.#used = undefined
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
      this.#current?.close()
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
    this.#current?.close('closed')
    this.#ahead?.close()
    this.#contexts?.dispose(this.#disposal)
    this.#owner.released(this)
  }
}
