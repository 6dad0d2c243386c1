// Another main host, as one that sends it tasks sees it: a link to the socket of its slot, which the supervisor holds. Only
// a host that has said it is there gets any. While a slot's host is replaced its tasks are run where they arrived.
import { connect } from 'node:net'
import type { Outcome } from '../../outcome.ts'
import { type RefusalListener, type SubmittedTask, tellRefused } from '../destination.ts'
import { TaskClient } from '../link/task-client.ts'
import { ForwardedTask, type Forwarding } from './forwarded-task.ts'

export interface PeerOptions {
  readonly socketPath: string
  /** What main hosts know each other by. */
  readonly key: string
  /** How long a task may wait for the other host to start it, in milliseconds. */
  readonly startWithinMs: number
  /** Of those that were lost with the other host. */
  readonly refused: RefusalListener
}

const RECONNECT_MS = 50
/** Beyond these the other host is slow, or stuck. */
const MAX_TASKS = 256
const MAX_BACKLOG_BYTES = 1024 * 1024

/** The other host knows no more than this one, has no room, or has given its share of a quota: this one tries. */
const HANDED_BACK: ReadonlySet<Outcome> = new Set<Outcome>(['notFound', 'loadShed', 'quotaExceeded'])

export class Peer {
  readonly #options: PeerOptions
  readonly #tasks = new Set<ForwardedTask>()
  #client: TaskClient
  #isClosed = false

  constructor(options: PeerOptions) {
    this.#options = options
    this.#client = this.#connect()
  }

  /** Undefined where it gets none now. */
  submit(forwarding: Forwarding): SubmittedTask | undefined {
    const client = this.#client
    const isFull = this.#tasks.size >= MAX_TASKS || client.backlogBytes > MAX_BACKLOG_BYTES
    if (isFull || !client.isUsable) return undefined
    const forwarded: ForwardedTask = new ForwardedTask(forwarding, {
      startWithinMs: this.#options.startWithinMs,
      againAfterMs: 0,
      send: (linked) => client.send(linked),
      mayTryAgain: () => !this.#isClosed,
      isHandedBack: ({ outcome }) => HANDED_BACK.has(outcome),
      left: () => this.#tasks.delete(forwarded),
      settled: (result) => tellRefused(this.#options.refused, forwarding.address, result),
    })
    if (!forwarded.isOver) this.#tasks.add(forwarded)
    return forwarded
  }

  close(): void {
    this.#isClosed = true
    this.#client.close()
  }

  #connect(): TaskClient {
    const reconnect = (): void => {
      if (this.#client === client && !this.#isClosed) this.#client = this.#connect()
    }
    const client = new TaskClient(connect(this.#options.socketPath), {
      key: this.#options.key,
      // What it has of this host it finishes, over the old link.
      leaving: reconnect,
      closed: () => void setTimeout(reconnect, RECONNECT_MS),
    })
    return client
  }
}
