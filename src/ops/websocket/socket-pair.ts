// Two ends of one WebSocket in this process: what one sends the other gets, in the same turn once it listens.
//
// Whoever closes an end hears that it is closed at once. The handshake with a client that is behind the other end is the
// affair of whoever holds the client's connection.
import type { MessageSocket, SocketClosing, SocketData, SocketEvents } from '../../message-socket.ts'

export function socketPair(maxMessageBytes: number): readonly [MessageSocket, MessageSocket] {
  const one = new PairEnd(maxMessageBytes)
  const other = new PairEnd(maxMessageBytes)
  one.peer = other
  other.peer = one
  return [one, other]
}

class PairEnd implements MessageSocket {
  readonly maxMessageBytes: number
  peer: PairEnd = this
  #events: SocketEvents | undefined
  /** What came before anybody listened. The sender's own bound holds here. */
  #early: SocketData[] = []
  #closing: SocketClosing | undefined

  constructor(maxMessageBytes: number) {
    this.maxMessageBytes = maxMessageBytes
  }

  open(events: SocketEvents): void {
    const early = this.#early
    this.#early = []
    this.#events = events
    for (const data of early) events.message(data)
    if (this.#closing !== undefined) events.closed(this.#closing)
  }

  send(data: SocketData): void {
    if (this.#closing === undefined) this.peer.#receive(data)
  }

  taken(): void {
    this.peer.#events?.taken()
  }

  close(code: number, reason: string): void {
    if (this.#closing !== undefined) return
    const closing = { code, reason, wasClean: code !== 1006 }
    this.#close(closing)
    this.peer.#close(closing)
  }

  #receive(data: SocketData): void {
    if (this.#events === undefined) this.#early.push(data)
    else this.#events.message(data)
  }

  #close(closing: SocketClosing): void {
    if (this.#closing !== undefined) return
    this.#closing = closing
    this.#events?.closed(closing)
  }
}
