// A host's line to control. It may break at any time: the host goes on with what it knows, asks again for what it was
// waiting for, and hears the whole table when control is back.
import { connect } from 'node:net'
import type { Observer } from '../../observer.ts'
import type { PoolStats } from '../../stats.ts'
import { Channel } from '../../wire/channel.ts'
import type {
  AskedTask,
  ControlToHost,
  FailureText,
  HostToControl,
  Route,
  RoutePatternText,
  TailFilter,
  TaskReport,
  TaskEnding,
} from '../../wire/control-messages.ts'
import type { MeasuresText } from '../../wire/measures-text.ts'
import type { WorkerAddress } from '../destination.ts'
import { unpackVersion } from '../../wire/version-text.ts'
import type { Version } from '../../version.ts'
import { IsopodError } from '../../errors.ts'
import type { PieceAddress } from '../assets/asset-body.ts'
import { WantedPieces } from './wanted-pieces.ts'

export interface ControlEvents {
  table(routes: readonly Route[], patterns: readonly RoutePatternText[]): Promise<void>
  patterns(patterns: readonly RoutePatternText[]): void
  route(route: Route): Promise<void>
  removed(tenant: string, worker: string): void
  try(number: number): Promise<FailureText | undefined>
  stats(): PoolStats
  /** @param since - number of the latest that control has; 0 for none */
  measures(since: number): MeasuresText
  collectGarbage(): void
  /** Returns whether there is an instance to keep. */
  pin(pin: number, worker: { readonly tenant: string; readonly worker: string }): boolean
  unpin(pin: number): void
  watch(filters: readonly TailFilter[]): void
  /** Undefined where it is not taken here. */
  run(asked: WorkerAddress & { readonly task: AskedTask }, started: () => void): Promise<TaskEnding | undefined>
  /** Tasks that ended well since the last time, by tenant. */
  takeServed(): Readonly<Record<string, number>>
}

export interface FetchedVersion {
  readonly version: Version
  readonly codeCache: ArrayBuffer | undefined
}

interface WantedVersion {
  readonly number: number
  resolve(fetched: FetchedVersion): void
  reject(error: Error): void
}

const RECONNECT_MS = 50
const REPORT_MS = 500

export class ControlLink {
  readonly #socketPath: string
  readonly #token: string
  readonly #events: ControlEvents
  readonly #wanted = new Map<number, WantedVersion>()
  readonly #pieces = new WantedPieces((message) => this.#channel?.send(message))
  #channel: Channel<ControlToHost, HostToControl> | undefined
  #lastAsk = 0
  #isClosed = false
  readonly #ready = Promise.withResolvers<void>()

  constructor(socketPath: string, token: string, events: ControlEvents) {
    this.#socketPath = socketPath
    this.#token = token
    this.#events = events
    this.#connect()
    setInterval(() => this.#report(), REPORT_MS)
  }

  /** Resolves once the first table has been taken in. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  /** Waits for control if it has to. Rejects with an IsopodError where control knows no such version. */
  fetch(number: number): Promise<FetchedVersion> {
    return new Promise((resolve, reject) => {
      this.#lastAsk += 1
      this.#wanted.set(this.#lastAsk, { number, resolve, reject })
      this.#channel?.send({ type: 'wantVersion', ask: this.#lastAsk, number })
    })
  }

  /** As {@link fetch}, but does not wait for ever. */
  fetchPiece(address: PieceAddress): Promise<Uint8Array> {
    return this.#pieces.fetch(address)
  }

  /** Lost while control is away. */
  reportTasks(reports: readonly TaskReport[], dropped: number): void {
    this.#channel?.send({ type: 'tasks', reports, dropped })
  }

  /** Lost while control is away. */
  observed(event: keyof Observer, ...details: readonly unknown[]): void {
    this.#channel?.send({ type: 'observed', event, details })
  }

  close(): void {
    this.#isClosed = true
    this.#report()
    this.#channel?.send({ type: 'measured', measures: this.#events.measures(0) })
    this.#channel?.close()
  }

  #connect(): void {
    const channel = new Channel<ControlToHost, HostToControl>(connect(this.#socketPath), {
      message: (message, bytes) => this.#receive(message, bytes),
      closed: () => {
        this.#channel = undefined
        if (!this.#isClosed) setTimeout(() => this.#connect(), RECONNECT_MS)
      },
    })
    this.#channel = channel
    channel.send({ type: 'hello', token: this.#token })
    for (const [ask, { number }] of this.#wanted) channel.send({ type: 'wantVersion', ask, number })
    this.#pieces.askAgain()
  }

  #receive(message: ControlToHost, bytes: Uint8Array | undefined): void {
    switch (message.type) {
      case 'table':
        this.#events.table(message.routes, message.patterns).then(this.#ready.resolve, this.#ready.reject)
        return
      case 'route':
        void this.#answer(message.ask, this.#events.route(message.route))
        return
      case 'patterns':
        this.#events.patterns(message.patterns)
        this.#channel?.send({ type: 'done', ask: message.ask })
        return
      case 'removed':
        this.#events.removed(message.tenant, message.worker)
        this.#channel?.send({ type: 'done', ask: message.ask })
        return
      case 'try':
        void this.#answer(message.ask, this.#events.try(message.number))
        return
      case 'stats':
        this.#channel?.send({ type: 'done', ask: message.ask, stats: this.#events.stats() })
        return
      case 'measures': {
        const { ask, since } = message
        this.#channel?.send({ type: 'done', ask, measures: this.#events.measures(since) })
        return
      }
      case 'collectGarbage':
        this.#events.collectGarbage()
        this.#channel?.send({ type: 'done', ask: message.ask })
        return
      case 'pin':
        this.#channel?.send({ type: 'done', ask: message.ask, held: this.#events.pin(message.pin, message) })
        return
      case 'watch':
        this.#events.watch(message.filters)
        this.#channel?.send({ type: 'done', ask: message.ask })
        return
      case 'unpin':
        this.#events.unpin(message.pin)
        this.#channel?.send({ type: 'done', ask: message.ask })
        return
      case 'run':
        void this.#run(message)
        return
      case 'version':
        this.#takeVersion(message, bytes)
        return
      case 'piece':
        this.#pieces.receive(message.ask, bytes)
    }
  }

  /** Told over the connection that asked: another control gives the same numbers to other questions. */
  async #run(message: Extract<ControlToHost, { type: 'run' }>): Promise<void> {
    const { ask } = message
    const channel = this.#channel
    const ran = await this.#events.run(message, () => {
      // Control must know before the worker's code runs: if that takes this process down, nobody else can tell.
      channel?.send({ type: 'started', ask })
      channel?.flush()
    })
    channel?.send({ type: 'done', ask, ...(ran === undefined ? {} : { ran }) })
  }

  async #answer(ask: number, work: Promise<FailureText | undefined | void>): Promise<void> {
    const failure = await work.catch((error: unknown): FailureText =>
      error instanceof IsopodError
        ? { code: error.code, message: error.message }
        : { code: 'LOAD_FAILED', message: error instanceof Error ? error.message : String(error) },
    )
    this.#channel?.send({ type: 'done', ask, ...(failure === undefined ? {} : { failure }) })
  }

  #takeVersion({ ask, version }: Extract<ControlToHost, { type: 'version' }>, bytes: Uint8Array | undefined): void {
    const wanted = this.#wanted.get(ask)
    if (wanted === undefined) return
    this.#wanted.delete(ask)
    if (version === undefined) {
      wanted.reject(new IsopodError('VERSION_UNAVAILABLE', `There is no version number ${wanted.number}.`))
      return
    }
    const codeCache = bytes === undefined ? undefined : new Uint8Array(bytes).buffer
    wanted.resolve({ version: unpackVersion(version), codeCache })
  }

  #report(): void {
    const tenants = this.#events.takeServed()
    if (Object.keys(tenants).length > 0) this.#channel?.send({ type: 'served', tenants })
  }
}
