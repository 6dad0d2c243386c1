// Messages over a socket, both ways. What is sent in one turn leaves together when the turn ends, unless `flush` says now.
import type { Socket } from 'node:net'
import { encodeFrame, FrameReader } from './frames.ts'

export interface ChannelEvents<In> {
  message(message: In, bytes: Uint8Array | undefined): void
  /** The other side has gone, or said something that is no message. Called once. */
  closed(): void
  /** The most that the other side has reason to say at once, in bytes of text; a bundle unless given. */
  readonly maxTextBytes?: number
}

export class Channel<In extends object, Out extends object> implements Disposable {
  readonly #socket: Socket
  #pending: Buffer[] = []
  #isOpen = true

  constructor(socket: Socket, events: ChannelEvents<In>) {
    this.#socket = socket
    const reader = new FrameReader(events.maxTextBytes)
    socket.on('data', (piece: Buffer) => {
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

  close(): void {
    this.flush()
    this.#socket.end()
    this.#socket.destroySoon()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
