// One worker of the table: where its tasks go at this moment. A version is fetched when the first task needs it, when it
// replaces one that is in use, or at once where it is to be kept ready; meanwhile tasks wait. Another version may take a share
// of the requests.
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import type { TaskCaller } from '../../instance/task-run.ts'
import type { Tier } from '../../stats.ts'
import type { Task, TaskResult } from '../../task.ts'
import type { Route } from '../../wire/control-messages.ts'
import {
  OVER,
  refusal,
  type Destination,
  type RefusalListener,
  type SubmittedTask,
  tellRefused,
  type WorkerAddress,
} from '../destination.ts'
import type { Runtime } from '../runtime.ts'
import type { Forwarder } from './forwarder.ts'
import { HeldTasks } from './held-tasks.ts'
import type { Placement } from './placement.ts'
import { RentOrBuy } from './rent-or-buy.ts'
import { shareOf } from './share-of.ts'
import type { TenantQuotas } from './tenant-quotas.ts'
import type { WarmUps } from './warm-ups.ts'

export interface RoutingOptions {
  readonly runtime: Runtime
  readonly tier: Tier
  /** To the host of the other tier; absent where no task is ever sent on. */
  readonly forwarder: Forwarder | undefined
  /** Absent where there are no other hosts of this tier. */
  readonly placement?: Placement | undefined
  /** Of the tenants whose tasks are run here. */
  readonly quotas: TenantQuotas
  readonly refused: RefusalListener
  /** How long a task may wait for its version to arrive, in milliseconds. */
  readonly holdMs: number
  /** Gets a version ready. Rejects with an IsopodError, or waits until control is there again. */
  readonly prepare: (number: number, start: 'now' | 'on-demand') => Promise<PreparedVersion>
}

/** What was loaded already, to see whether it can be. */
export interface Tried {
  readonly main: PreparedVersion | undefined
  readonly canary?: PreparedVersion | undefined
}

interface AcceptedTask {
  readonly task: Task
  readonly caller: TaskCaller
  readonly acceptedMs: number
  /** Another host of the tier has sent it here: it is not sent back. */
  readonly isPlaced: boolean
}

interface RoutedWorkerOptions extends RoutingOptions {
  /** Whoever is to be loaded before its tasks come waits here for its turn. */
  readonly warmUps: WarmUps
  /** `false`: another version of the same worker is its main one. */
  readonly isMain?: false
}

function withShare(task: Extract<Task, { type: 'fetch' }>, share: number): Task {
  return { ...task, request: { ...task.request, share } }
}

export class RoutedWorker implements Destination {
  readonly #options: RoutedWorkerOptions
  /** These two with the first task that needs them: most workers of a host are never asked for there. */
  #held: HeldTasks | undefined
  #rent: RentOrBuy | undefined
  #route: Route
  #heldBackUntilMs: number
  #prepared: PreparedVersion | undefined
  #preparedFor = ''
  #fetching: Promise<void> | undefined
  #leaving: NodeJS.Timeout | undefined
  #isDropped = false
  /** The version that takes a share of the requests. */
  #canary: RoutedWorker | undefined

  constructor(route: Route, options: RoutedWorkerOptions, tried: Tried) {
    this.#options = options
    this.#route = route
    this.#heldBackUntilMs = heldBackUntil(route)
    void this.#changeCanary(route, tried.canary)
    if (tried.main === undefined) options.warmUps.add(this)
    else if (this.#isOfThisTier) this.#activate(tried.main)
    else options.runtime.discard(tried.main)
  }

  get requestBodyBytes(): number | undefined {
    return this.#prepared?.limits.requestBodyBytes
  }

  get wallMs(): number | undefined {
    return this.#prepared?.limits.wallMs ?? this.#route.wallMs
  }

  submit(task: Task, caller: TaskCaller, acceptedMs: number = performance.now()): SubmittedTask {
    return this.#accept({ task, caller, acceptedMs, isPlaced: false })
  }

  /** As {@link submit}, for what another host of the tier has sent here. */
  get placed(): Destination {
    return {
      requestBodyBytes: this.requestBodyBytes,
      wallMs: this.wallMs,
      submit: (task, caller, acceptedMs = performance.now()) =>
        this.#accept({ task, caller, acceptedMs, isPlaced: true }),
    }
  }

  #accept(accepted: AcceptedTask): SubmittedTask {
    const { caller, task } = accepted
    if (this.#isDropped) {
      return this.#refuse(caller, notFound(this.#route))
    }
    const heldBackMs = this.#heldBackUntilMs - performance.now()
    if (heldBackMs > 0) {
      return this.#refuse(caller, quarantined(this.#route, heldBackMs))
    }
    if (this.#canary !== undefined && task.type === 'fetch') {
      const share = task.request.share ?? shareOf(task.request)
      const { canary } = this.#route
      // Whoever it is sent on to decides alike, and knows less of the client.
      const shared = { ...accepted, task: withShare(task, share) }
      return canary !== undefined && share < canary.percent ? this.#canary.#accept(shared) : this.#submit(shared)
    }
    return this.#submit(accepted)
  }

  #refuse(caller: TaskCaller, result: TaskResult): SubmittedTask {
    tellRefused(this.#options.refused, this.#route, result)
    caller.settled(result)
    return OVER
  }

  #submit(accepted: AcceptedTask): SubmittedTask {
    const { forwarder } = this.#options
    if (!this.isServedHere && forwarder !== undefined) {
      const again = (): SubmittedTask => this.#accept(accepted)
      return forwarder.submit({ ...accepted, address: this.#address, again })
    }
    if (this.#prepared === undefined) return this.#sendHome(accepted) ?? this.#hold(accepted)
    forwarder?.servesItself()
    return this.#run(this.#prepared, accepted)
  }

  /** Undefined where the task is to be run here. */
  #sendHome(accepted: AcceptedTask): SubmittedTask | undefined {
    const { placement } = this.#options
    if (placement === undefined || accepted.isPlaced) return undefined
    const again = (): SubmittedTask => this.#accept({ ...accepted, isPlaced: true })
    const sent = placement.sendHome({ ...accepted, address: this.#address, again })
    // Its tasks go on being sent home until it is there.
    if (sent === undefined) return undefined
    this.#rent ??= new RentOrBuy()
    if (this.#rent.pay(placement.age)) void this.#fetch('now')
    return sent
  }

  #hold(accepted: AcceptedTask): SubmittedTask {
    const { forwarder, holdMs, refused } = this.#options
    forwarder?.servesItself()
    this.#held ??= new HeldTasks(holdMs, (result) => tellRefused(refused, this.#route, result))
    const held = this.#held.add(accepted)
    void this.#fetch()
    return held
  }

  get tenant(): string {
    return this.#route.tenant
  }

  get #address(): WorkerAddress {
    const { tenant, worker } = this.#route
    return { tenant, worker }
  }

  /** Here and nowhere else tasks are counted: what is held, forwarded or submitted again comes by once. */
  #run(prepared: PreparedVersion, { acceptedMs, caller, task }: Omit<AcceptedTask, 'isPlaced'>): SubmittedTask {
    const destination = this.#options.runtime.destinationOf(prepared)
    const { quota, tenant, worker } = this.#route
    if (quota === undefined) return destination.submit(task, caller, acceptedMs)
    const counted = this.#options.quotas.admit({ tenant, worker, quota }, caller)
    return counted === undefined ? OVER : destination.submit(task, counted, acceptedMs)
  }

  async change(route: Route, { main: tried, canary }: Tried): Promise<void> {
    this.#route = route
    this.#heldBackUntilMs = heldBackUntil(route)
    clearTimeout(this.#leaving)
    await this.#changeCanary(route, canary)
    if (!this.#isOfThisTier) {
      if (tried !== undefined) this.#options.runtime.discard(tried)
      if (this.isServedHere) this.#forgetLater()
      else this.#forget()
      return
    }
    if (tried !== undefined) return this.#activate(tried)
    // The version that is in use answers until the new one is ready.
    if (this.#fetching !== undefined || (this.#prepared !== undefined && !this.#isNewest)) await this.#fetch('now')
    else this.#options.warmUps.add(this)
  }

  /** Not while it is held back, nor by a clock afterwards: what takes down its host when it is loaded would go on doing so by itself. */
  get wantsWarmUp(): boolean {
    const { minWarm = 0 } = this.#route
    const isAbsent = this.#prepared === undefined && this.#fetching === undefined
    return (
      minWarm > 0 && isAbsent && this.#isOfThisTier && !this.#isDropped && performance.now() >= this.#heldBackUntilMs
    )
  }

  /** Where it cannot be loaded, its first task is told why. */
  warmUp(): Promise<void> {
    return this.#fetch('now')
  }

  /** Of what is prepared, where it is this. */
  letGo(prepared: PreparedVersion): void {
    this.#canary?.letGo(prepared)
    if (this.#prepared !== prepared) return
    this.#prepared = undefined
    this.#options.runtime.discard(prepared)
  }

  drop(): void {
    this.#isDropped = true
    this.#canary?.drop()
    this.#forget()
    this.#held?.refuse(notFound(this.#route))
  }

  /** What is prepared is what the route wants. */
  get #isNewest(): boolean {
    return this.#prepared !== undefined && this.#preparedFor === stateOf(this.#route)
  }

  get #isOfThisTier(): boolean {
    return this.#route.tier === this.#options.tier
  }

  /** A host without a forwarder serves whatever reaches it. */
  get isServedHere(): boolean {
    return !this.#isDropped && (this.#options.forwarder === undefined || this.#isOfThisTier)
  }

  async #changeCanary(route: Route, tried: PreparedVersion | undefined): Promise<void> {
    const { canary, minWarm: _ofMain, ...rest } = route
    if (canary === undefined) {
      this.#canary?.drop()
      this.#canary = undefined
      return
    }
    const { number, minWarm } = canary
    const own = { ...rest, number, ...(minWarm === undefined ? {} : { minWarm }) }
    if (this.#canary !== undefined) return this.#canary.change(own, { main: tried })
    this.#canary = new RoutedWorker(own, { ...this.#options, isMain: false }, { main: tried })
  }

  /** What was sent here before the worker moved on is still answered, by the version that is here. */
  #forgetLater(): void {
    this.#leaving = setTimeout(() => this.#forget(), this.#options.holdMs)
  }

  #forget(): void {
    clearTimeout(this.#leaving)
    if (this.#prepared !== undefined) this.#options.runtime.discard(this.#prepared)
    this.#prepared = undefined
  }

  #activate(prepared: PreparedVersion, state: string = stateOf(this.#route)): void {
    this.#preparedFor = state
    // The runtime knows one version of a worker by its name; another is only known here.
    if (this.#options.isMain === false) {
      if (this.#prepared !== undefined) this.#options.runtime.discard(this.#prepared)
    } else this.#options.runtime.activate(prepared)
    this.#prepared = prepared
    this.#held?.release((task, caller, acceptedMs) => this.#run(prepared, { task, caller, acceptedMs }))
  }

  #fetch(start: 'now' | 'on-demand' = 'on-demand'): Promise<void> {
    this.#fetching ??= this.#fetchNewest(start).finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  /** Until the version is there that is the route's at the end: it may change any number of times meanwhile. */
  async #fetchNewest(start: 'now' | 'on-demand'): Promise<void> {
    for (;;) {
      const state = stateOf(this.#route)
      const prepared = await this.#prepare(this.#route.number, start).catch(toError)
      if (!this.isServedHere) return this.#giveUp(prepared)
      if (state === stateOf(this.#route)) return this.#take(prepared, state)
      if (!(prepared instanceof Error)) this.#options.runtime.discard(prepared)
      // The newest may have been tried out here, and come with its route.
      if (this.#isNewest) return
    }
  }

  #take(prepared: PreparedVersion | Error, state: string): void {
    if (!(prepared instanceof Error)) return this.#activate(prepared, state)
    const message = `The worker "${this.#route.worker}" could not be loaded: ${prepared.message}`
    this.#held?.refuse(refusal({ outcome: 'loadShed', code: 'VERSION_UNAVAILABLE', message }))
  }

  /** Meanwhile the worker was removed, or sent to the other tier. */
  #giveUp(prepared: PreparedVersion | Error): void {
    // Control gives a version only to the tier that runs it: a worker that has moved on is asked for elsewhere.
    if (!(prepared instanceof Error)) this.#options.runtime.discard(prepared)
    this.#held?.release((task, caller, acceptedMs) => this.placed.submit(task, caller, acceptedMs))
  }

  /** It was tried before it got its route: what fails now lies in this host, and is told to the task that meets it. */
  async #prepare(number: number, start: 'now' | 'on-demand'): Promise<PreparedVersion> {
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

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

function notFound({ worker }: Route): TaskResult {
  return refusal({ outcome: 'notFound', code: 'WORKER_NOT_FOUND', message: `There is no worker "${worker}".` })
}

function quarantined({ worker, quarantine }: Route, retryAfterMs: number): TaskResult {
  const seconds = Math.ceil(retryAfterMs / 1000)
  const message = `The worker "${worker}" is held back for another ${seconds} s: ${quarantine?.reason ?? ''} An operator or a new version lifts this.`
  return refusal({ outcome: 'quarantined', code: 'QUARANTINED', message, retryAfterMs })
}
