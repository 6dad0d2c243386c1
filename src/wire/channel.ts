// Messages over a socket, both ways. What is sent in one turn leaves together when the turn ends, unless `flush` says now.
import type { Socket } from 'node:net'
import { encodeFrame, FrameReader } from './frames.ts'

/**
 * Taken in at once before everything else has its turn: libuv would read two megabytes from a socket that always has some,
 * and a link that carries streams always has.
 */
const TURN_BYTES = 256 * 1024

export interface ChannelEvents<In> {
  message(message: In, bytes: Uint8Array | undefined): void
  /** The other side has gone, or said something that is no message. Called once. */
  closed(): void
  /** The most that the other side has reason to say at once, in bytes of text; a bundle unless given. */
  readonly maxTextBytes?: number
  /** The same of what comes beside a message. */
  readonly maxBytes?: number
  /** How long nothing is taken in after a turn, in milliseconds; until the next turn unless given, or where it is 0. */
  restMs?(): number
}

export class Channel<In extends object, Out extends object> implements Disposable {
  readonly #socket: Socket
  readonly #restMs: () => number
  #pending: Buffer[] = []
  #isOpen = true
  #turnBytes = 0

  constructor(socket: Socket, events: ChannelEvents<In>) {
    this.#socket = socket
    this.#restMs = () => events.restMs?.() ?? 0
    const reader = new FrameReader(events)
    socket.on('data', (piece: Buffer) => {
      this.#endTurn(piece.length)
      try {
        for (const { message, bytes } of reader.read(piece)) {
          if (this.#isOpen) events.message(message as In, bytes)
        }
      } catch (error) {
        socket.destroy(error as Error)
      }
    })
    // What is wrong with the socket shows as its closing.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#isOpen = false
      this.#pending = []
      events.closed()
    })
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Dropped where the other side has gone: `closed` has said so, or is about to. */
  send(message: Out, bytes?: Uint8Array): void {
    if (!this.#isOpen) return
    if (this.#pending.length === 0) setImmediate(() => this.flush())
    this.#pending.push(...encodeFrame(message, bytes))
  }

  /** Hands what was sent to the kernel now: it arrives even if this process dies the next moment. */
  flush(): void {
    const pending = this.#pending
    if (pending.length === 0 || !this.#isOpen) return
    this.#pending = []
    this.#socket.cork()
    for (const part of pending) this.#socket.write(part)
    this.#socket.uncork()
  }

  /** Bytes that the other side has not taken yet. */
  get backlogBytes(): number {
    return this.#socket.writableLength
  }

  /** Once enough was taken in. Whoever rests counts on beyond the turn: many small ones would be as much. */
  #endTurn(bytes: number): void {
    const restMs = this.#restMs()
    if (this.#turnBytes === 0 && restMs === 0) setImmediate(() => this.#nextTurn())
    this.#turnBytes += bytes
    if (this.#turnBytes < TURN_BYTES || this.#socket.isPaused()) return
    this.#socket.pause()
    if (restMs === 0) setImmediate(() => this.#nextTurn())
    else setTimeout(() => this.#nextTurn(), restMs)
  }

  #nextTurn(): void {
    this.#turnBytes = 0
    this.#socket.resume()
  }

  close(): void {
    this.flush()
    this.#socket.end()
    this.#socket.destroySoon()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
