// A host: a runtime with its watch, its table of workers, and the door that fits its tier.
import { getPriority, setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import { UNWATCHED } from '../../instance/entry-watch.ts'
import { useGuestCacheIn } from '../../isolate/guest-script.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import type { Observer } from '../../observer.ts'
import { undici } from '../../ops/undici.ts'
import type { HostHealth } from '../../stats.ts'
import type { HostConfig, SupervisorToHost } from '../../wire/supervisor-messages.ts'
import { PieceCache } from '../assets/piece-cache.ts'
import { hostBindings } from '../bindings/host-bindings.ts'
import { HttpIngress } from '../http/http-ingress.ts'
import type { RefusalListener, Router, WorkerAddress } from '../destination.ts'
import { CachedKvStore } from '../kv/cached-kv-store.ts'
import { KvClient } from '../kv/kv-client.ts'
import { openLinks } from '../link/open-links.ts'
import { HostMeasures } from '../measures/host-measures.ts'
import { Forwarder } from '../routing/forwarder.ts'
import { Placement } from '../routing/placement.ts'
import { TenantQuotas } from '../routing/tenant-quotas.ts'
import { WorkerTable } from '../routing/worker-table.ts'
import { Runtime } from '../runtime.ts'
import { FlightRecorder } from '../watch/flight-recorder.ts'
import { guardMemory } from '../watch/memory-guard.ts'
import { Watchdog, watchTogether } from '../watch/watchdog.ts'
import { ControlLink } from './control-link.ts'
import { watchHealth } from './health.ts'
import { hostObserver } from './host-observer.ts'
import { jsonObserver } from './json-observer.ts'
import { TaskReports } from './task-reports.ts'
import { runToEnd } from './run-to-end.ts'

export interface HostOutlets {
  readonly wordsFd: number
  readonly recordFd: number
  readonly worn: (reason: string) => void
}

type HostDuty = Extract<SupervisorToHost, { type: 'serve' }>
type SlotDuty = Extract<SupervisorToHost, { type: 'takeSlot' }>

/** Stops accepting; resolves when what came in is finished, with how many callers were cut off. */
type CloseDoor = (limitMs: number) => Promise<number>

const MAX_FORWARDED = 2_000
const IDLE_LOOK_MS = 10
/** A host that was needed at once has been told by then. */
const WAITS_AFTER_MS = 100

/**
 * Added to the niceness of the thread that runs the code of probation: where processors are short, a main host gets three
 * times its share, and what wakes there runs first. The watchdog's thread keeps its own.
 */
const PROBATION_NICENESS = 5
const LEAST_PRIORITY = 19

export class Host {
  readonly #config: HostConfig
  readonly #runtime: Runtime
  readonly #health: () => HostHealth
  readonly #served = new Map<string, number>()
  readonly #reports = new TaskReports((reports, dropped) => this.#control?.reportTasks(reports, dropped))
  readonly #measures = new HostMeasures({
    stats: () => this.#runtime.stats(),
    measured: () => this.#runtime.measured(),
  })
  readonly #observed: Observer
  readonly #pins = new Map<number, Disposable>()
  readonly #doors = new Map<number, HttpIngress>()
  #table: WorkerTable | undefined
  #isRecordedPrecisely = false
  #waiting: NodeJS.Timeout | undefined
  #control: ControlLink | undefined
  #kv: CachedKvStore | undefined
  #kvClient: KvClient | undefined
  #forwarder: Forwarder | undefined
  #slot: { readonly duty: SlotDuty; readonly handle: unknown } | undefined
  #placement: Placement | undefined
  #accepts = false
  #isLeaving = false
  #openDoor: (() => Promise<CloseDoor>) | undefined
  #closeDoor: CloseDoor | undefined
  /** Where tasks come from other main hosts. */
  #closeSlot: CloseDoor | undefined

  constructor(config: HostConfig, outlets: HostOutlets) {
    this.#config = config
    this.#observed = this.#observer()
    if (config.guestCacheFolder !== undefined) useGuestCacheIn(config.guestCacheFolder)
    const watch = watchTogether([
      new Watchdog({ wordsFd: outlets.wordsFd, memoryMb: config.memoryMb }),
      new FlightRecorder({ fd: outlets.recordFd, precise: () => this.#isRecordedPrecisely }),
    ])
    const pieces = new PieceCache(async (address) => {
      if (this.#control === undefined) throw new Error('the host does not serve yet')
      return this.#control.fetchPiece(address)
    })
    this.#runtime = new Runtime(
      {
        mode: config.mode,
        executor: config.executor,
        poolSize: config.poolSize,
        poolContext: config.poolContext,
        clock: config.clock,
        reserveSize: config.reserveSize,
        taskQueueSize: config.taskQueueSize,
        tenantQueueSize: config.tenantQueueSize,
        queueWaitMs: config.queueWaitMs,
        persistentReplicas: config.persistentReplicas,
        ...(config.tenantInstances === undefined ? {} : { tenantInstances: config.tenantInstances }),
        maxAgeMs: config.maxAgeMs,
        maxErrors: config.maxErrors,
        restartMemoryMb: config.restartMemoryMb,
        healthCheckMs: config.healthCheckMs,
        drainMs: config.drainMs,
        memoryBudgetMb: config.memoryBudgetMb ?? Math.max(16, Math.round(config.memoryMb / 2)),
        ...(config.persistentTasksAtOnce === undefined ? {} : { persistentTasksAtOnce: config.persistentTasksAtOnce }),
        limits: config.limits,
        network: config.network,
        observer: this.#observed,
      },
      // Entries of the pool's threads overlap, and none of them can be watched.
      {
        watch: config.executor === 'threads' ? UNWATCHED : watch,
        codeCaches: NO_CODE_CACHES,
        bindings: hostBindings({ router: () => this.#table ?? NOBODY, pieces, kv: () => this.#kv }),
        pieces,
        evicted: (prepared) => this.#table?.evicted(prepared),
      },
    )
    this.#health = watchHealth(() => this.#runtime.counts())
    guardMemory({ memoryMb: config.memoryMb, pool: this.#runtime.memory, worn: outlets.worn })
  }

  /**
   * One blank instance shows that the engine works; the others come when there is time. A host that waits loads what
   * fetches need meanwhile; in one that was needed at once the first fetch does.
   */
  async warmUp(): Promise<void> {
    await this.#runtime.warmUp(1)
    this.#waiting = setTimeout(undici, WAITS_AFTER_MS)
  }

  health(): HostHealth {
    return this.#health()
  }

  recordPrecisely(): void {
    this.#isRecordedPrecisely = true
  }

  /** Before it serves, as one of several main hosts. */
  takeSlot(duty: SlotDuty, handle: unknown): void {
    this.#slot = { duty, handle }
  }

  /** Resolves once it knows the workers, and accepts if it may. */
  async serve({ accepts, tier, token }: HostDuty, handle: unknown): Promise<void> {
    clearTimeout(this.#waiting)
    this.#isRecordedPrecisely ||= tier === 'probation'
    if (tier === 'probation') setPriority(Math.min(LEAST_PRIORITY, getPriority() + PROBATION_NICENESS))
    const holdMs = this.#config.limits.wallMs ?? DEFAULT_LIMITS.wallMs
    const refused: RefusalListener = (event) => this.#observed.taskRefused?.(event)
    if (tier === 'main') {
      const socketPath = this.#config.probationSocket
      this.#forwarder = new Forwarder({ socketPath, maxTasks: MAX_FORWARDED, startWithinMs: holdMs, refused })
    }
    if (this.#slot !== undefined) {
      const { key, slot } = this.#slot.duty
      const { poolSize: places, slotSockets: sockets } = this.#config
      this.#placement = new Placement({ key, places, slot, sockets, startWithinMs: holdMs, refused })
    }
    const table = new WorkerTable({
      runtime: this.#runtime,
      tier,
      forwarder: this.#forwarder,
      placement: this.#placement,
      quotas: new TenantQuotas({ hosts: tier === 'main' ? this.#config.mainHosts : 1, refused }),
      refused,
      holdMs,
      prepare: (number, start) => this.#prepare(number, start),
    })
    this.#table = table
    this.#kvClient = new KvClient(this.#config.kvSocket, token)
    this.#kv = new CachedKvStore(this.#kvClient)
    const control = new ControlLink(this.#config.controlSocket, token, {
      table: (routes, patterns) => {
        table.patterns.setAll(patterns)
        return table.setAll(routes)
      },
      patterns: (patterns) => table.patterns.setAll(patterns),
      route: (route) => table.set(route),
      removed: (tenant, worker) => table.remove({ tenant, worker }),
      try: (number) => table.try(number),
      stats: () => this.#runtime.stats(),
      measures: (since) => this.#measures.snapshot(since),
      collectGarbage: () => this.#runtime.collectGarbage(),
      pin: (pin, worker) => this.#pin(pin, worker),
      unpin: (pin) => {
        this.#pins.get(pin)?.[Symbol.dispose]()
        this.#pins.delete(pin)
      },
      watch: (filters) => this.#reports.watch(filters),
      run: async ({ task, ...address }, started) => {
        const destination = this.#isLeaving ? undefined : table.findHere(address)
        return destination === undefined ? undefined : runToEnd(destination, { task, started })
      },
      takeServed: () => this.#takeServed(),
    })
    this.#control = control
    await control.ready
    if (this.#slot !== undefined) {
      const router = { find: (address: WorkerAddress) => table.findPlaced(address) }
      this.#closeSlot = await openLinks(this.#slot.handle, { router, key: this.#slot.duty.key })
    }
    this.#openDoor = () => (tier === 'main' ? this.#openHttp(table, handle) : openLinks(handle, { router: table }))
    if (accepts || this.#accepts) await this.accept()
  }

  /** May be said before it serves. */
  async accept(): Promise<void> {
    this.#accepts = true
    const openDoor = this.#openDoor
    if (openDoor === undefined) return
    this.#openDoor = undefined
    this.#closeDoor = await openDoor()
  }

  /** One more door for HTTP, whatever the tier. */
  async open(door: number, domain: string, handle: unknown): Promise<void> {
    if (this.#table === undefined) throw new Error('the host does not serve yet')
    const ingress = new HttpIngress(this.#table, domain)
    await ingress.listenOn(handle)
    this.#doors.set(door, ingress)
  }

  async close(door: number, limitMs: number): Promise<void> {
    await this.#doors.get(door)?.close(limitMs)
    this.#doors.delete(door)
  }

  /** Stops accepting and lets what runs finish, `waitUntil` included. Returns how many tasks were not finished in time. */
  async drain(limitMs: number): Promise<number> {
    const endMs = performance.now() + limitMs
    this.#isLeaving = true
    this.#runtime.closeSockets()
    // The others hear of it first: what they send from now on they would have to send again.
    const [, cut = 0] = await Promise.all([this.#closeSlot?.(limitMs), this.#closeDoor?.(limitMs)])
    while (this.#runtime.counts().running > 0 && performance.now() < endMs) await delay(IDLE_LOOK_MS)
    const { running } = this.#runtime.counts()
    this.#reports.flush()
    this.#control?.close()
    this.#kvClient?.[Symbol.dispose]()
    this.#forwarder?.close()
    this.#placement?.close()
    // A task whose caller was cut off may have ended by that.
    return Math.max(cut, running)
  }

  async #prepare(number: number, start: 'now' | 'on-demand'): Promise<PreparedVersion> {
    if (this.#control === undefined) throw new Error('the host does not serve yet')
    const { version, codeCache } = await this.#control.fetch(number)
    return this.#runtime.prepare(version, { start, codeCache })
  }

  async #openHttp(table: WorkerTable, handle: unknown): Promise<CloseDoor> {
    const ingress = new HttpIngress(table, this.#config.domain)
    await ingress.listenOn(handle)
    return (limitMs) => ingress.close(limitMs)
  }

  #pin(pin: number, worker: WorkerAddress): boolean {
    const handle = this.#runtime.pin(worker)
    if (handle !== undefined) this.#pins.set(pin, handle)
    return handle !== undefined
  }

  #observer(): Observer {
    const { observed } = this.#config
    const observer = observed === 'terminal' ? hostObserver() : observed === 'json' ? jsonObserver() : this.#reporter()
    return {
      ...observer,
      taskEnded: (record) => {
        const { outcome, tenant } = record
        if (outcome === 'ok') this.#served.set(tenant, (this.#served.get(tenant) ?? 0) + 1)
        if (observed !== 'control') this.#reports.add(record)
        this.#measures.taskEnded(record)
        observer.taskEnded?.(record)
      },
      taskRefused: (event) => {
        this.#measures.taskRefused(event)
        observer.taskRefused?.(event)
      },
      instanceCreated: (event) => {
        this.#measures.instanceCreated(event)
        observer.instanceCreated?.(event)
      },
      instanceRetired: (event) => {
        this.#measures.instanceRetired(event)
        observer.instanceRetired?.(event)
      },
      garbageCollected: (event) => {
        this.#measures.garbageCollected(event)
        observer.garbageCollected?.(event)
      },
    }
  }

  #reporter(): Observer {
    return {
      taskEnded: (record) => this.#control?.observed('taskEnded', record),
      log: (worker, line) => this.#control?.observed('log', worker, line),
      instanceCreated: (event) => this.#control?.observed('instanceCreated', event),
      taskRefused: (event) => this.#control?.observed('taskRefused', event),
      instanceRetired: (event) => this.#control?.observed('instanceRetired', event),
      garbageCollected: (event) => this.#control?.observed('garbageCollected', event),
    }
  }

  #takeServed(): Readonly<Record<string, number>> {
    const served = Object.fromEntries(this.#served)
    this.#served.clear()
    return served
  }
}

/** Before the table is there. */
const NOBODY: Router = { find: () => undefined }

/** Hosts may start no process, and must not be trusted with making code caches: control sends them. */
const NO_CODE_CACHES = { make: () => Promise.resolve(undefined), close: () => undefined }
