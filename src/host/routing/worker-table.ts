// The workers a host knows of: who answers for each at present, as control said last. The host serves from this table
// while control is away. A version is fetched when the first task needs it, or when it replaces one that is in use.
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import type { TaskCaller } from '../../instance/task-run.ts'
import type { Tier } from '../../stats.ts'
import type { Task } from '../../task.ts'
import type { FailureText, Route } from '../../wire/control-messages.ts'
import { OVER, refusal, type Destination, type Router, type SubmittedTask, type WorkerAddress } from '../destination.ts'
import type { Runtime } from '../runtime.ts'
import type { Forwarder } from './forwarder.ts'
import { HeldTasks } from './held-tasks.ts'

export interface WorkerTableOptions {
  readonly runtime: Runtime
  readonly tier: Tier
  /** To the host of the other tier; absent where no task is ever sent on. */
  readonly forwarder: Forwarder | undefined
  /** How long a task may wait for its version to arrive, in milliseconds. */
  readonly holdMs: number
  /** Gets a version ready. Rejects with an IsopodError, or waits until control is there again. */
  readonly prepare: (number: number, start: 'now' | 'on-demand') => Promise<PreparedVersion>
}

const MAX_TRIED = 32

export class WorkerTable implements Router {
  readonly #options: WorkerTableOptions
  readonly #workers = new Map<string, RoutedWorker>()
  /** Tried out, and not yet the version of a route. */
  readonly #tried = new Map<number, PreparedVersion>()

  constructor(options: WorkerTableOptions) {
    this.#options = options
  }

  find({ tenant, worker }: WorkerAddress): Destination | undefined {
    return this.#workers.get(keyOf(tenant, worker))
  }

  /** What is not in the table any more is forgotten. */
  async setAll(routes: readonly Route[]): Promise<void> {
    const keys = new Set(routes.map(({ tenant, worker }) => keyOf(tenant, worker)))
    for (const [key, worker] of this.#workers) {
      if (keys.has(key)) continue
      this.#workers.delete(key)
      worker.drop()
    }
    await Promise.all(routes.map((route) => this.set(route)))
  }

  /** Resolves when tasks that come from now on go the new way. */
  async set(route: Route): Promise<void> {
    const key = keyOf(route.tenant, route.worker)
    const known = this.#workers.get(key)
    const tried = this.#tried.get(route.number)
    this.#tried.delete(route.number)
    if (known !== undefined) return known.change(route, tried)
    this.#workers.set(key, new RoutedWorker(route, this.#options, tried))
  }

  remove({ tenant, worker }: WorkerAddress): void {
    const key = keyOf(tenant, worker)
    this.#workers.get(key)?.drop()
    this.#workers.delete(key)
  }

  /** Loads a version as for tasks; a route to it may follow. Returns why it cannot be loaded. */
  async try(number: number): Promise<FailureText | undefined> {
    const prepared = await this.#options.prepare(number, 'now')
    this.#forgetTried()
    this.#tried.set(number, prepared)
    return undefined
  }

  /** What got no route in the end, because control went away meanwhile, must not stay for ever. */
  #forgetTried(): void {
    for (const [number, prepared] of this.#tried) {
      if (this.#tried.size < MAX_TRIED) return
      this.#tried.delete(number)
      this.#options.runtime.discard(prepared)
    }
  }
}

function keyOf(tenant: string, worker: string): string {
  return `${tenant}/${worker}`
}

/** One worker of the table. */
class RoutedWorker implements Destination {
  readonly #options: WorkerTableOptions
  readonly #held: HeldTasks
  #route: Route
  #heldBackUntilMs: number
  #prepared: PreparedVersion | undefined
  #preparedFor = ''
  #fetching: Promise<void> | undefined
  #isDropped = false

  constructor(route: Route, options: WorkerTableOptions, prepared: PreparedVersion | undefined) {
    this.#options = options
    this.#held = new HeldTasks(options.holdMs)
    this.#route = route
    this.#heldBackUntilMs = heldBackUntil(route)
    if (prepared !== undefined) this.#activate(prepared)
  }

  get requestBodyBytes(): number | undefined {
    return this.#prepared?.limits.requestBodyBytes
  }

  get wallMs(): number | undefined {
    return this.#prepared?.limits.wallMs ?? this.#route.wallMs
  }

  submit(task: Task, caller: TaskCaller, acceptedMs: number = performance.now()): SubmittedTask {
    const heldBackMs = this.#heldBackUntilMs - performance.now()
    if (heldBackMs > 0) {
      caller.settled(quarantined(this.#route, heldBackMs))
      return OVER
    }
    const { forwarder, runtime } = this.#options
    if (!this.#isServedHere && forwarder !== undefined) {
      const { tenant, worker } = this.#route
      const again = (): SubmittedTask => this.submit(task, caller, acceptedMs)
      return forwarder.submit({ address: { tenant, worker }, task, caller, acceptedMs, again })
    }
    if (this.#prepared !== undefined) return runtime.submit(this.#prepared, task, caller, acceptedMs)
    const held = this.#held.add({ task, caller, acceptedMs })
    void this.#fetch()
    return held
  }

  async change(route: Route, tried: PreparedVersion | undefined): Promise<void> {
    const isNewVersion = stateOf(route) !== stateOf(this.#route)
    this.#route = route
    this.#heldBackUntilMs = heldBackUntil(route)
    if (!this.#isServedHere) {
      if (tried !== undefined) this.#options.runtime.discard(tried)
      this.#forget()
      return
    }
    if (tried !== undefined) return this.#activate(tried)
    if (!isNewVersion || (this.#prepared === undefined && this.#fetching === undefined)) return
    // The version that is in use answers until the new one is ready.
    await this.#fetch('now')
  }

  drop(): void {
    this.#isDropped = true
    this.#forget()
    const { worker } = this.#route
    this.#held.refuse(
      refusal({ outcome: 'notFound', code: 'WORKER_NOT_FOUND', message: `There is no worker "${worker}".` }),
    )
  }

  /** A host without a forwarder serves whatever reaches it. */
  get #isServedHere(): boolean {
    const { forwarder, tier } = this.#options
    return !this.#isDropped && (forwarder === undefined || this.#route.tier === tier)
  }

  #forget(): void {
    if (this.#prepared !== undefined) this.#options.runtime.discard(this.#prepared)
    this.#prepared = undefined
  }

  #activate(prepared: PreparedVersion, state: string = stateOf(this.#route)): void {
    this.#preparedFor = state
    this.#options.runtime.activate(prepared)
    this.#prepared = prepared
    this.#held.release((task, caller, acceptedMs) => this.#options.runtime.submit(prepared, task, caller, acceptedMs))
  }

  /** Until the version that is the route's at the end is there. */
  async #fetch(start: 'now' | 'on-demand' = 'on-demand'): Promise<void> {
    this.#fetching ??= this.#fetchOnce(start).finally(() => {
      this.#fetching = undefined
    })
    await this.#fetching
    if (this.#prepared !== undefined && this.#preparedFor !== stateOf(this.#route)) await this.#fetch(start)
  }

  async #fetchOnce(start: 'now' | 'on-demand'): Promise<void> {
    const { number } = this.#route
    const state = stateOf(this.#route)
    try {
      const prepared = await this.#prepareOrDemand(number, start)
      if (this.#isServedHere) this.#activate(prepared, state)
      else this.#giveUp(prepared)
    } catch (error) {
      // Control gives a version only to the tier that runs it: a worker that has moved on is asked for elsewhere.
      if (!this.#isServedHere) {
        this.#held.release((task, caller, acceptedMs) => this.submit(task, caller, acceptedMs))
        return
      }
      const message = `The worker "${this.#route.worker}" could not be loaded: ${error instanceof Error ? error.message : String(error)}`
      this.#held.refuse(refusal({ outcome: 'loadShed', code: 'VERSION_UNAVAILABLE', message }))
    }
  }

  /** Meanwhile the worker was removed, or sent to the other tier. */
  #giveUp(prepared: PreparedVersion): void {
    this.#options.runtime.discard(prepared)
    this.#held.release((task, caller, acceptedMs) => this.submit(task, caller, acceptedMs))
  }

  /** It was tried before it got its route: what fails now lies in this host, and is told to the task that meets it. */
  async #prepareOrDemand(number: number, start: 'now' | 'on-demand'): Promise<PreparedVersion> {
    const { prepare } = this.#options
    if (start === 'on-demand') return prepare(number, start)
    try {
      return await prepare(number, start)
    } catch {
      return prepare(number, 'on-demand')
    }
  }
}

/** What a version is prepared for: another state needs another preparation. */
function stateOf({ number, revision }: Route): string {
  return `${number}.${revision}`
}

/** By a clock that nobody can set. */
function heldBackUntil({ quarantine }: Route): number {
  return quarantine === undefined ? 0 : performance.now() + quarantine.remainingMs
}

function quarantined({ worker, quarantine }: Route, retryAfterMs: number): ReturnType<typeof refusal> {
  const seconds = Math.ceil(retryAfterMs / 1000)
  const message = `The worker "${worker}" is held back for another ${seconds} s: ${quarantine?.reason ?? ''} An operator or a new version lifts this.`
  return refusal({ outcome: 'quarantined', code: 'QUARANTINED', message, retryAfterMs })
}
