// The workers a host knows of: who answers for each at present, as control said last. The host serves from this table
// while control is away.
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import type { FailureText, Route } from '../../wire/control-messages.ts'
import type { Destination, Router, WorkerAddress } from '../destination.ts'
import { RoutePatterns } from './route-patterns.ts'
import { RoutedWorker, type RoutingOptions } from './routed-worker.ts'
import { WarmUps } from './warm-ups.ts'

const MAX_TRIED = 32

export class WorkerTable implements Router {
  readonly patterns: RoutePatterns = new RoutePatterns()
  readonly #options: RoutingOptions & { readonly warmUps: WarmUps }
  readonly #workers = new Map<string, RoutedWorker>()
  /** Tried out, and not yet the version of a route. */
  readonly #tried = new Map<number, PreparedVersion>()

  constructor(options: RoutingOptions) {
    this.#options = { ...options, warmUps: new WarmUps() }
  }

  find({ tenant, worker }: WorkerAddress): Destination | undefined {
    return this.#workers.get(keyOf(tenant, worker))
  }

  /** For what another host of the tier has sent here: this one does not send it on. */
  findPlaced({ tenant, worker }: WorkerAddress): Destination | undefined {
    return this.#workers.get(keyOf(tenant, worker))?.placed
  }

  /** Only where its tasks are run in this process. */
  findHere({ tenant, worker }: WorkerAddress): Destination | undefined {
    const routed = this.#workers.get(keyOf(tenant, worker))
    return routed?.isServedHere === true ? routed : undefined
  }

  /**
   * Secrets stay no longer than what uses them, nor does a version away from its home: it is asked for again when a task
   * needs it. One that is kept ready stays.
   */
  evicted(prepared: PreparedVersion): void {
    const { placement } = this.#options
    placement?.evicted()
    const { secretNames = [], tenant, worker } = prepared.version
    if (prepared.minWarm > 0) return
    const isAway = placement !== undefined && !placement.isHome({ tenant, worker })
    if (isAway || secretNames.length > 0) this.#workers.get(keyOf(tenant, worker))?.letGo(prepared)
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
    this.#options.runtime.weigh(route.tenant, route.weight ?? 1)
    const key = keyOf(route.tenant, route.worker)
    const known = this.#workers.get(key)
    const tried = { main: this.#takeTried(route.number), canary: this.#takeTried(route.canary?.number) }
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
    const before = this.#tried.get(number)
    if (before !== undefined) this.#options.runtime.discard(before)
    this.#tried.delete(number)
    this.#forgetTried()
    this.#tried.set(number, prepared)
    return undefined
  }

  #takeTried(number: number | undefined): PreparedVersion | undefined {
    if (number === undefined) return undefined
    const prepared = this.#tried.get(number)
    this.#tried.delete(number)
    return prepared
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
