// The hosts that are connected to control: what they are told, and what they ask. A host is not trusted: what it says can
// fetch versions of its own tier's workers and count tasks, and nothing else.
import type { Server, Socket } from 'node:net'
import { IsopodError } from '../errors.ts'
import type { Observer } from '../observer.ts'
import type { PoolStats, Tier } from '../stats.ts'
import { Channel } from '../wire/channel.ts'
import type { Admission } from '../wire/control-process-messages.ts'
import type {
  ControlToHost,
  HostToControl,
  Route,
  RoutePatternText,
  TailFilter,
  TaskReport,
} from '../wire/control-messages.ts'
import { PieceLine } from './piece-line.ts'
import type { StoredVersion } from './store.ts'

type Done = Extract<HostToControl, { type: 'done' }>
type WithoutAsk<T> = T extends { readonly ask: number } ? Omit<T, 'ask'> : never
type Question = WithoutAsk<Exclude<ControlToHost, { type: 'version' | 'table' | 'run' | 'piece' }>>
type TaskQuestion = WithoutAsk<Extract<ControlToHost, { type: 'run' }>>

export interface PieceOfFile {
  readonly number: number
  readonly path: string
  readonly index: number
}

export interface HostLinksEvents {
  routes(): readonly Route[]
  patterns(): readonly RoutePatternText[]
  /** Undefined where there is no such version, or none for that tier. */
  version(number: number, tier: Tier): StoredVersion | undefined
  /** Undefined where there is no such file, or none for that tier. */
  piece(file: PieceOfFile, tier: Tier): Uint8Array | undefined
  served(tenant: string, cleanTasks: number): void
  measured(link: HostLink, measures: unknown): void
  failed(error: unknown): void
  tasks(link: HostLink, reports: readonly TaskReport[], dropped: number): void
  /** Told to a host when it comes. */
  filters(): readonly TailFilter[]
  observed(event: keyof Observer, details: readonly unknown[]): void
}

export interface HostLink {
  readonly host: number
  readonly tier: Tier
  /** Of a main host, where there are several. */
  readonly slot: number | undefined
  /** Undefined when the host went away, or did not answer in time. */
  ask(question: Question, withinMs: number): Promise<Done | undefined>
  /** Likewise. From when `started` is called on, the task must not be run again. */
  run(question: TaskQuestion, waiting: TaskWaiting): Promise<Done | undefined>
}

interface TaskWaiting {
  readonly withinMs: number
  readonly started: () => void
}

interface Asked {
  started(): void
  finish(done: Done | undefined): void
}

export interface HostChoice {
  readonly withinMs: number
  readonly from: (hosts: readonly HostLink[]) => HostLink | undefined
}

/** Statistics of a full pool, or the logs of a task. */
const WATCH_WITHIN_MS = 10_000
const MAX_TEXT_BYTES = 8 * 1024 * 1024

export class HostLinks {
  readonly #events: HostLinksEvents
  readonly #links = new Set<HostLink>()
  readonly #admissions = new Map<string, Admission>()
  #arrived = Promise.withResolvers<void>()

  constructor(server: Server, events: HostLinksEvents) {
    this.#events = events
    server.on('connection', (socket: Socket) => this.#accept(socket))
  }

  /** Who holds the token is that host. */
  admit(admission: Admission): void {
    this.#admissions.set(admission.token, admission)
  }

  dismiss(token: string): void {
    this.#admissions.delete(token)
  }

  /** Of the host that has this token; undefined where nobody has. */
  tierOf(token: string): Tier | undefined {
    return this.#admissions.get(token)?.tier
  }

  get all(): readonly HostLink[] {
    return [...this.#links]
  }

  /** The one of the tier's hosts that is chosen; waits until one is. @throws IsopodError `HOST_LOST` where none is in time */
  async choose(tier: Tier, { from, withinMs }: HostChoice): Promise<HostLink> {
    const endMs = performance.now() + withinMs
    for (;;) {
      const link = from(this.all.filter((candidate) => candidate.tier === tier))
      if (link !== undefined) return link
      if (performance.now() >= endMs) {
        throw new IsopodError('HOST_LOST', `No ${tier} host is running at present. Try again.`)
      }
      await this.#arrival(endMs)
    }
  }

  /** Resolves when all of these are connected, or the time is up. */
  async awaitAll(hosts: readonly number[], withinMs: number): Promise<void> {
    const endMs = performance.now() + withinMs
    const isThere = (id: number): boolean => this.all.some(({ host }) => host === id)
    while (!hosts.every(isThere) && performance.now() < endMs) await this.#arrival(endMs)
  }

  /** Resolves when a host has connected, at the latest at that time. */
  async #arrival(endMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, endMs - performance.now())
    })
    await Promise.race([this.#arrived.promise, late])
    clearTimeout(timer)
  }

  /** Resolves when every host has taken it in, or has gone: its successor gets the whole table. */
  tellAll(question: Question, withinMs: number): Promise<readonly (Done | undefined)[]> {
    return Promise.all(this.all.map((link) => link.ask(question, withinMs)))
  }

  async stats(withinMs: number): Promise<{ readonly host: number; readonly tier: Tier; readonly stats: PoolStats }[]> {
    const answers = await Promise.all(
      this.all.map(async ({ ask, host, tier }) => ({ host, tier, done: await ask({ type: 'stats' }, withinMs) })),
    )
    return answers.flatMap(({ host, tier, done }) =>
      done?.stats === undefined ? [] : [{ host, tier, stats: done.stats }],
    )
  }

  #accept(socket: Socket): void {
    const waiting = new Map<number, Asked>()
    let lastAsk = 0
    let link: HostLink | undefined
    const channel = new Channel<HostToControl, ControlToHost>(socket, {
      maxTextBytes: MAX_TEXT_BYTES,
      message: (message) => {
        if (message.type === 'hello') {
          if (link !== undefined) return
          // A process that runs as the hosts' user may reach the socket too; and what is on probation may not say that it is not.
          const admission = this.#admissions.get(message.token)
          if (admission === undefined) return socket.destroy()
          const { host, slot, tier } = admission
          link = { host, tier, slot, ask, run: send }
          // First the table, then whatever changes it.
          channel.send({ type: 'table', routes: this.#events.routes(), patterns: this.#events.patterns() })
          this.#links.add(link)
          const filters = this.#events.filters()
          if (filters.length > 0) void ask({ type: 'watch', filters }, WATCH_WITHIN_MS)
          this.#arrived.resolve()
          this.#arrived = Promise.withResolvers()
        } else if (message.type === 'done') {
          waiting.get(message.ask)?.finish(message)
        } else if (message.type === 'started') {
          waiting.get(message.ask)?.started()
        } else if (message.type === 'wantPiece') {
          if (link !== undefined) pieces.add(message)
        } else if (link !== undefined) {
          this.#receive(link, message, channel)
        }
      },
      closed: () => {
        if (link !== undefined) this.#links.delete(link)
        for (const { finish } of waiting.values()) finish(undefined)
      },
    })
    const pieces = new PieceLine(channel, (wanted) => this.#pieceOf(wanted, link))
    const ask = (question: Question, withinMs: number): Promise<Done | undefined> =>
      send(question, { withinMs, started: () => undefined })
    const send = (question: Question | TaskQuestion, { started, withinMs }: TaskWaiting): Promise<Done | undefined> =>
      new Promise((resolve) => {
        lastAsk += 1
        const number = lastAsk
        const timer = setTimeout(() => finish(undefined), withinMs)
        const finish = (done: Done | undefined): void => {
          clearTimeout(timer)
          waiting.delete(number)
          resolve(done)
        }
        waiting.set(number, { started, finish })
        channel.send({ ...question, ask: number } as ControlToHost)
        if (!channel.isOpen) finish(undefined)
      })
  }

  #pieceOf({ index, number, path }: PieceOfFile, link: HostLink | undefined): Uint8Array | undefined {
    const isQuestion = Number.isSafeInteger(number) && Number.isSafeInteger(index) && typeof path === 'string'
    return isQuestion && link !== undefined ? this.#events.piece({ index, number, path }, link.tier) : undefined
  }

  /** One version that is damaged is no reason to be there for no other. */
  #versionFor(number: number, tier: Tier): StoredVersion | undefined {
    try {
      return Number.isSafeInteger(number) ? this.#events.version(number, tier) : undefined
    } catch (error) {
      this.#events.failed(error)
      return undefined
    }
  }

  #receive(
    link: HostLink,
    message: Exclude<HostToControl, { type: 'hello' | 'done' | 'started' | 'wantPiece' }>,
    channel: Channel<HostToControl, ControlToHost>,
  ): void {
    if (message.type === 'observed') {
      this.#events.observed(message.event, message.details)
      return
    }
    if (message.type === 'tasks') {
      this.#events.tasks(link, message.reports, message.dropped)
      return
    }
    if (message.type === 'measured') {
      this.#events.measured(link, message.measures)
      return
    }
    if (message.type === 'served') {
      for (const [tenant, count] of Object.entries(message.tenants)) {
        if (Number.isSafeInteger(count) && count > 0) this.#events.served(tenant, count)
      }
      return
    }
    const { ask, number } = message
    const stored = this.#versionFor(number, link.tier)
    if (stored === undefined) channel.send({ type: 'version', ask })
    else channel.send({ type: 'version', ask, version: stored.version }, stored.codeCache)
  }
}
