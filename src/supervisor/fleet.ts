// The hosts of a server: as many of each tier as wanted, and one more that waits. When a host dies, the waiting one takes
// its place at once, and the next is started; so a host is back in the time it takes to open a socket.
import { setTimeout as delay } from 'node:timers/promises'
import { IsopodError } from '../errors.ts'
import type { HostHealth, Tier } from '../stats.ts'
import type { Admission } from '../wire/control-process-messages.ts'
import type { HostStatus } from '../wire/host-status.ts'
import type { Incident } from '../wire/incident.ts'
import type { HostConfig } from '../wire/supervisor-messages.ts'
import { Backoff } from './backoff.ts'
import { type HostDeath, HostProcess } from './host-process.ts'
import type { Sandbox, SandboxCommand } from './sandbox/sandbox.ts'
import type { HeldSocket } from './sockets.ts'
import { Slots } from './slots.ts'
import { Spares } from './spares.ts'

export interface FleetOptions {
  readonly command: SandboxCommand
  readonly sandbox: Pick<Sandbox, 'ending' | 'programPid'>
  readonly config: HostConfig
  /** How many hosts of each tier, and the socket they accept on. */
  readonly tiers: Readonly<Record<Tier, { readonly count: number; readonly socket: HeldSocket | undefined }>>
  /** On which main hosts accept each other's tasks, one for each of them; there is nothing of the kind unless given. */
  readonly slots?: readonly HeldSocket[]
  readonly drainLimitMs: number
  /** Processes that wait to take the place of a host that dies; one more for a while after one was needed. */
  readonly spares: number
}

export interface FleetEvents {
  /** A host is about to connect to control, with that token; or will not any more. */
  admit(admission: Admission): void
  dismiss(token: string): void
  incident(incident: Incident): void
  /** A host is about to be ended by its watchdog for that version; or it came out after all. */
  alarm(host: number, version: number): void
  recovered(host: number): void
  /** For the operator. */
  tell(message: string): void
  output(fd: 1 | 2, chunk: Uint8Array): void
}

const PING_MS = 1000
/** Pings a host may leave unanswered. Counted, not timed: a machine that was paused convicts nobody. */
const MAX_UNANSWERED = 5
/** Likewise, until it has started, and while its watchdog watches a worker. */
const MAX_UNANSWERED_BUSY = 60
/** Deaths before any host was ever ready: the fault lies in the installation. */
const MAX_FAILED_STARTS = 3
/** What has not started by then may hang, and is not counted on. */
const SLOW_START_MS = 5_000
/** After an abort that nobody was named for; hosts started in that time keep to it while they live. */
const PRECISE_FOR_MS = 3_600_000
const TIERS = ['main', 'probation'] as const

export class Fleet {
  readonly #options: FleetOptions
  readonly #events: FleetEvents
  readonly #hosts = new Set<HostProcess>()
  readonly #doors = new Map<number, { readonly domain: string; readonly socket: HeldSocket }>()
  readonly #backoff = new Backoff()
  readonly #spares: Spares
  readonly #slots: Slots
  readonly #restarts: Record<Tier, number> = { main: 0, probation: 0 }
  readonly #started = Promise.withResolvers<void>()
  #lastId = 0
  #failedStarts = 0
  #wasReady = false
  /** Whether main hosts do. */
  #accepts = false
  #isEnding = false
  #starting = false
  #reloading: Promise<void> | undefined
  #isRecordedPrecisely = false
  #preciseTimer: NodeJS.Timeout | undefined
  /** One successor for each host that is to go, whatever number of reasons there are. */
  readonly #replacing = new Map<HostProcess, Promise<void>>()
  readonly #pingTimer: NodeJS.Timeout

  constructor(options: FleetOptions, events: FleetEvents) {
    this.#options = options
    this.#events = events
    this.#spares = new Spares(options.spares)
    this.#slots = new Slots(options.slots ?? [])
    this.#pingTimer = setInterval(() => {
      this.#ping()
      this.#balance()
    }, PING_MS)
    this.#balance()
  }

  /** Resolves when every host serves for the first time; rejects with `HOST_FAILED` where none can. */
  get started(): Promise<void> {
    return this.#started.promise
  }

  /** Lets main hosts accept: before that there may be no worker to ask for. Resolves when they do. */
  async accept(): Promise<void> {
    this.#accepts = true
    await Promise.all([...this.#hosts].map((host) => (host.tier === 'main' ? host.accept() : undefined)))
  }

  status(): HostStatus[] {
    return [...this.#hosts].map((host) => statusOf(host, this.#restarts))
  }

  /** Replaces every host, one by one, each once its successor serves. */
  reload(): Promise<void> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined
    })
    return this.#reloading
  }

  /** Ends those that serve now, whatever they run; others take their places. Nobody is blamed. */
  endServing(): void {
    for (const host of this.#serving()) host.stop()
  }

  /** One more socket for HTTP, on every host there is and will be. Resolves when they accept. */
  async openDoor(door: number, domain: string, socket: HeldSocket): Promise<void> {
    this.#doors.set(door, { domain, socket })
    await Promise.all(this.#serving().map((host) => host.openDoor(door, domain, socket)))
  }

  async closeDoor(door: number, limitMs: number): Promise<void> {
    this.#doors.delete(door)
    await Promise.all(this.#serving().map((host) => host.closeDoor(door, limitMs)))
  }

  #serving(): HostProcess[] {
    return [...this.#hosts].filter(({ state }) => state === 'serving')
  }

  /** Lets all hosts finish, then ends them. Returns how many tasks were not finished in time. */
  async drain(limitMs: number): Promise<number> {
    this.#end()
    const endMs = performance.now() + limitMs
    // The main hosts wait for what they sent to the probation host.
    const inTier = (tier: Tier | undefined): HostProcess[] => [...this.#hosts].filter((host) => host.tier === tier)
    const drainAll = async (hosts: HostProcess[]): Promise<number> => {
      const leftMs = Math.max(0, endMs - performance.now())
      const cut = await Promise.all(hosts.map((host) => host.drain(leftMs)))
      return cut.reduce((sum, count) => sum + count, 0)
    }
    const [idle, main] = await Promise.all([drainAll(inTier(undefined)), drainAll(inTier('main'))])
    // Tasks of the probation host are main hosts' too, as long as somebody waits for them.
    return idle + Math.max(main, await drainAll(inTier('probation')))
  }

  /** Ends all hosts now. */
  stop(): void {
    this.#end()
    for (const host of this.#hosts) host.stop()
  }

  #end(): void {
    this.#isEnding = true
    clearInterval(this.#pingTimer)
    clearTimeout(this.#preciseTimer)
  }

  async #reload(): Promise<void> {
    const old = [...this.#hosts].filter(({ state }) => state === 'serving')
    // What waits has the old programs and settings too.
    for (const host of this.#hosts) if (host.state === 'booted' || host.state === 'starting') host.stop()
    for (const host of old) await this.#replace(host)
  }

  /** A successor first, then the old one goes. */
  #replace(host: HostProcess): Promise<void> {
    const known = this.#replacing.get(host)
    if (known !== undefined) return known
    const replacing = this.#replaceOnce(host).finally(() => this.#replacing.delete(host))
    this.#replacing.set(host, replacing)
    return replacing
  }

  async #replaceOnce(host: HostProcess): Promise<void> {
    const { tier } = host
    const socket = tier === undefined ? undefined : this.#options.tiers[tier].socket
    if (tier === undefined || socket === undefined) return
    let successor: HostProcess | undefined
    while (successor?.state !== 'serving') {
      const booted = await this.#waitForBooted()
      // A host that died meanwhile has got its successor already.
      if (booted === undefined || host.state !== 'serving' || this.#isEnding) return
      successor = booted
      this.#slots.give(booted, host.slot)
      this.#serve(booted, tier, socket)
      while (booted.state === 'opening') await delay(10)
    }
    await host.drain(this.#options.drainLimitMs)
  }

  async #waitForBooted(): Promise<HostProcess | undefined> {
    while (!this.#isEnding) {
      const booted = [...this.#hosts].find(({ state }) => state === 'booted')
      if (booted !== undefined) return booted
      if (![...this.#hosts].some(({ state }) => state === 'starting')) this.#startOne()
      await delay(10)
    }
    return undefined
  }

  /**
   * Gives waiting processes the tiers that lack a host, and starts as many as are missing: those that are needed at once,
   * those that will wait one after the other, so that they do not keep the processor from them.
   */
  #balance(): void {
    if (this.#isEnding) return
    const nowMs = performance.now()
    const booted = [...this.#hosts].filter(({ state }) => state === 'booted')
    let missing = 0
    for (const tier of TIERS) {
      const { count, socket } = this.#options.tiers[tier]
      const present = [...this.#hosts].filter(
        (host) => host.tier === tier && (host.state === 'opening' || host.state === 'serving'),
      ).length
      for (let i = present; i < count; i++) {
        const host = socket === undefined ? undefined : booted.shift()
        if (host === undefined || socket === undefined) missing += 1
        else {
          if (tier === 'main') this.#slots.give(host, this.#slots.free(this.#hosts))
          this.#serve(host, tier, socket)
        }
        if (this.#wasReady) this.#spares.used(nowMs)
      }
    }
    const spares = this.#spares.wanted(nowMs)
    const coming = [...this.#hosts].filter(
      ({ startedMs, state }) => state === 'starting' && nowMs - startedMs < SLOW_START_MS,
    ).length
    if (coming < missing || (coming === 0 && booted.length < spares)) this.#startOne()
    for (const host of booted.slice(spares)) host.stop()
  }

  #serve(host: HostProcess, tier: Tier, socket: HeldSocket): void {
    this.#events.admit({ token: host.token, host: host.id, tier, slot: host.slot })
    host.serve(tier, socket, tier === 'probation' || this.#accepts)
  }

  #startOne(): void {
    if (this.#starting) return
    this.#starting = true
    setTimeout(() => {
      this.#starting = false
      if (this.#isEnding) return
      this.#lastId += 1
      const host = this.#spawn()
      if (host !== undefined) this.#hosts.add(host)
      this.#balance()
    }, this.#backoff.delayMs(performance.now()))
  }

  /** Undefined where this process has nothing left to start one with; tried again after a while. */
  #spawn(): HostProcess | undefined {
    const { command, config } = this.#options
    try {
      return new HostProcess(this.#lastId, command, config, {
        changed: (changed) => this.#changed(changed),
        ended: (ended, death) => this.#ended(ended, death),
        overdue: (alarmed, number) => this.#events.alarm(alarmed.id, number),
        recovered: (recovered) => this.#events.recovered(recovered.id),
        worn: (worn, reason) => this.#worn(worn, reason),
        output: (fd, chunk) => this.#events.output(fd, chunk),
        ending: (code, signal) => this.#options.sandbox.ending(code, signal),
        programPid: (commandPid) => this.#options.sandbox.programPid(commandPid),
      })
    } catch (error) {
      this.#backoff.died(performance.now())
      this.#failedStart(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  #changed(host: HostProcess): void {
    this.#balance()
    if (host.state === 'booted' && this.#isRecordedPrecisely) host.recordPrecisely()
    if (host.state === 'serving')
      for (const [door, { domain, socket }] of this.#doors) void host.openDoor(door, domain, socket)
    if (this.#wasReady) return
    const serving = this.#serving().length
    const wanted = TIERS.reduce((sum, tier) => sum + this.#options.tiers[tier].count, 0)
    if (serving < wanted) return
    this.#wasReady = true
    this.#started.resolve()
  }

  #ended(host: HostProcess, { blame, ending, state }: HostDeath): void {
    this.#hosts.delete(host)
    if (host.tier !== undefined) this.#events.dismiss(host.token)
    if (blame === undefined || this.#isEnding) return this.#balance()
    const { cause, culprit, detail, suspects } = blame
    // Whoever is known to have done it is held back, and who is killed from outside will not die of itself: neither is a
    // reason to let the others wait.
    const hadStarted = state !== 'starting' && state !== 'opening'
    if (!hadStarted || (culprit === undefined && cause !== 'killed')) this.#backoff.died(performance.now())
    if (!hadStarted) this.#failedStart(detail)
    if (host.tier !== undefined) {
      this.#restarts[host.tier] += 1
      const { id, pid, tier } = host
      const signal = ending.signal
      this.#events.incident({ time: Date.now(), host: id, tier, pid, cause, signal, culprit, suspects, detail })
    }
    if (cause === 'abort' && culprit === undefined) this.#recordPrecisely()
    const nowMs = performance.now()
    if (this.#backoff.isLoop(nowMs)) {
      this.#events.tell(`hosts keep dying; the next one is started in ${this.#backoff.delayMs(nowMs)} ms`)
    }
    this.#balance()
  }

  /** Nobody was named for an abort: whoever did it is named the next time. */
  #recordPrecisely(): void {
    this.#isRecordedPrecisely = true
    for (const host of this.#hosts) host.recordPrecisely()
    clearTimeout(this.#preciseTimer)
    this.#preciseTimer = setTimeout(() => {
      this.#isRecordedPrecisely = false
    }, PRECISE_FOR_MS)
  }

  #failedStart(detail: string): void {
    this.#failedStarts += 1
    this.#events.tell(`a host could not be started: ${detail}`)
    if (this.#wasReady || this.#failedStarts < MAX_FAILED_STARTS) return
    this.#started.reject(new IsopodError('HOST_FAILED', `No host could be started: ${detail}.`))
  }

  #worn(host: HostProcess, reason: string): void {
    this.#events.tell(`host ${host.id} is replaced: ${reason}`)
    void this.#replace(host)
  }

  #ping(): void {
    for (const host of this.#hosts) {
      const isBusy = host.isInside || host.state === 'starting' || host.state === 'opening'
      const limit = isBusy ? MAX_UNANSWERED_BUSY : MAX_UNANSWERED
      if (host.unanswered >= limit) host.giveUp()
      else host.ping()
    }
  }
}

function statusOf(host: HostProcess, restarts: Readonly<Record<Tier, number>>): HostStatus {
  const { health = NO_HEALTH, id, pid, startedMs, state, tier = null } = host
  const uptimeMs = Math.round(performance.now() - startedMs)
  return { ...health, id, pid, state, tier, uptimeMs, restarts: tier === null ? 0 : restarts[tier] }
}

/** Before its first account. */
const NO_HEALTH: HostHealth = { loopLagMs: 0, rssBytes: 0, instances: 0, running: 0 }
