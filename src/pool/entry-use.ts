// What keeps an entry's isolate: runs under way, clients' WebSockets, and handles that somebody holds.
import type { ParkRefusal } from '../instance/apply-answer.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { ModePolicy } from './modes.ts'
import { ParkedRuns } from './parked-runs.ts'

export class EntryUse {
  running = 0
  readonly #parked = new ParkedRuns()
  #pins = 0

  /** Clients' WebSockets. */
  get sockets(): number {
    return this.#parked.count
  }

  /** By more than clients' WebSockets. */
  get isWorking(): boolean {
    return this.running > 0 || this.#pins > 0
  }

  /** By somebody who would notice if it went. */
  get isHeld(): boolean {
    return this.sockets > 0 || this.#pins > 0
  }

  /** The run lives as long as its WebSocket, and takes no place. Returns why it may not. */
  park(run: TaskRun, policy: ModePolicy): ParkRefusal | undefined {
    const refusal = this.#parked.add(run, policy)
    if (refusal === undefined) this.running -= 1
    return refusal
  }

  ended(run: TaskRun): void {
    if (!this.#parked.remove(run)) this.running -= 1
  }

  /** @param released - called once, when the handle is disposed of */
  pin(released: () => void): Disposable {
    this.#pins += 1
    let pinned = true
    return {
      [Symbol.dispose]: () => {
        if (!pinned) return
        pinned = false
        this.#pins -= 1
        released()
      },
    }
  }
}
