// Where workers are loaded when there are several main hosts. A rarely used one is loaded in its home host, and the others
// send its tasks there, which costs less than loading it and takes no memory; a busy one is loaded wherever its tasks
// arrive. `RoutedWorker` asks here about tasks of workers that are not loaded in this host; what has come from another main
// host is not sent on.
import type { Task } from '../../task.ts'
import { isByteSource } from '../../ops/byte-source.ts'
import type { RefusalListener, SubmittedTask, WorkerAddress } from '../destination.ts'
import type { Forwarding } from './forwarded-task.ts'
import { homeSlot } from './home-slot.ts'
import { Peer } from './peer.ts'

export interface PlacementOptions {
  /** This host's. */
  readonly slot: number
  /** Of all main hosts, by slot. */
  readonly sockets: readonly string[]
  readonly key: string
  readonly startWithinMs: number
  readonly refused: RefusalListener
  /** Instances that this host may hold. */
  readonly places: number
}

const HALF_LIFE_MS = 60_000

export class Placement {
  readonly #slot: number
  readonly #slots: readonly number[]
  readonly #peers: ReadonlyMap<number, Peer>
  readonly #places: number
  #evictions = 0

  constructor({ key, places, refused, slot, sockets, startWithinMs }: PlacementOptions) {
    this.#slot = slot
    this.#places = places
    this.#slots = [...sockets.keys()]
    const others = this.#slots.filter((other) => other !== slot)
    this.#peers = new Map(
      others.map((other) => [other, new Peer({ socketPath: sockets[other] ?? '', key, startWithinMs, refused })]),
    )
  }

  isHome(address: WorkerAddress): boolean {
    return homeSlot(address, this.#slots) === this.#slot
  }

  /**
   * For `RentOrBuy`: grows with time, and with what has to make room in this host. Where places are short only those get
   * one that would be back before it is taken from them.
   */
  get age(): number {
    return performance.now() / HALF_LIFE_MS + this.#evictions / this.#places
  }

  /** An instance had to make room here. */
  evicted(): void {
    this.#evictions += 1
  }

  /** Undefined where the task is to be run here. */
  sendHome(forwarding: Forwarding): SubmittedTask | undefined {
    const home = homeSlot(forwarding.address, this.#slots)
    const peer = home === undefined ? undefined : this.#peers.get(home)
    return peer !== undefined && isLight(forwarding.task) ? peer.submit(forwarding) : undefined
  }

  close(): void {
    for (const peer of this.#peers.values()) peer.close()
  }
}

/** A large body, or what a WebSocket carries, would cost more on its way than the worker's place does. */
function isLight(task: Task): boolean {
  if (task.type !== 'fetch') return false
  const { body, headers } = task.request
  if (body !== undefined && isByteSource(body)) return false
  const list = typeof headers === 'function' ? headers() : headers
  return !list.some(([name]) => name.length === 7 && name.toLowerCase() === 'upgrade')
}
