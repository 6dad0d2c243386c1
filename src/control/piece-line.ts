// The pieces of static files a host has asked for, in a line of its own: one a turn, and none while it does not take what
// was sent, so that routes and versions are not held up by files.
import type { Channel } from '../wire/channel.ts'
import type { ControlToHost, HostToControl } from '../wire/control-messages.ts'

type WantedPiece = Extract<HostToControl, { type: 'wantPiece' }>

/** A host that behaves asks for fewer at once. */
const MAX_WAITING = 64
const MAX_BACKLOG_BYTES = 1024 * 1024
const LOOK_AGAIN_MS = 5

export class PieceLine {
  readonly #channel: Channel<HostToControl, ControlToHost>
  readonly #read: (wanted: WantedPiece) => Uint8Array | undefined
  readonly #waiting: WantedPiece[] = []

  constructor(channel: Channel<HostToControl, ControlToHost>, read: (wanted: WantedPiece) => Uint8Array | undefined) {
    this.#channel = channel
    this.#read = read
  }

  add(wanted: WantedPiece): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#channel.send({ type: 'piece', ask: wanted.ask })
      return
    }
    this.#waiting.push(wanted)
    if (this.#waiting.length === 1) setImmediate(() => this.#next())
  }

  /** A disk that fails must not end control. */
  #tryRead(wanted: WantedPiece): Uint8Array | undefined {
    try {
      return this.#read(wanted)
    } catch {
      return undefined
    }
  }

  #next(): void {
    if (!this.#channel.isOpen) return
    if (this.#channel.backlogBytes > MAX_BACKLOG_BYTES) {
      setTimeout(() => this.#next(), LOOK_AGAIN_MS)
      return
    }
    const wanted = this.#waiting.shift()
    if (wanted !== undefined) this.#channel.send({ type: 'piece', ask: wanted.ask }, this.#tryRead(wanted))
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }
}
