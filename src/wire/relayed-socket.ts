// A WebSocket of which one process has one end and another the other: both ends of `socketMessage`, `socketTaken`,
// `socketClose` and `socketClosed` in `task-messages.ts`.
import {
  byteLengthOf,
  CUT_OFF,
  type MessageSocket,
  type SocketClosing,
  type SocketData,
  type SocketEvents,
} from '../message-socket.ts'
import type { SocketPart } from './task-messages.ts'

type Send = (part: SocketPart, bytes?: Uint8Array) => void

/** More than any worker may send ahead: whoever sends it is not held to limits any more. */
const MAX_AHEAD_BYTES = 64 * 1024 * 1024

/** The end of whoever asked. */
export class RelayedSocket implements MessageSocket {
  readonly maxMessageBytes: number
  readonly #id: number
  readonly #send: Send
  readonly #acknowledge: () => void
  #events: SocketEvents | undefined
  #early: SocketData[] = []
  /** Sizes of what came and is not dealt with. */
  readonly #ahead: number[] = []
  #aheadBytes = 0
  #closing: SocketClosing | undefined

  constructor({ id, maxMessageBytes, send }: { id: number; maxMessageBytes: number; send: Send }) {
    this.#id = id
    this.maxMessageBytes = maxMessageBytes
    this.#send = send
    this.#acknowledge = acknowledger(id, send)
  }

  open(events: SocketEvents): void {
    this.#events = events
    for (const data of this.#early) events.message(data)
    this.#early = []
    if (this.#closing !== undefined) events.closed(this.#closing)
  }

  send(data: SocketData): void {
    if (this.#closing === undefined) sendMessage(this.#id, this.#send, data)
  }

  taken(): void {
    this.#aheadBytes -= this.#ahead.shift() ?? 0
    this.#acknowledge()
  }

  close(code: number, reason: string): void {
    if (this.#closing === undefined) this.#send({ type: 'socketClose', id: this.#id, code, reason })
  }

  receive(part: SocketPart, bytes: Uint8Array | undefined): void {
    switch (part.type) {
      case 'socketMessage':
        return this.#receive(part.text ?? bytes ?? new Uint8Array())
      case 'socketTaken':
        return takeAll(part.count, this.#events)
      case 'socketClosed':
        return this.end({ code: Number(part.code), reason: String(part.reason), wasClean: part.wasClean })
      case 'socketClose':
    }
  }

  /** @param closing - cut off, unless the other side said more */
  end(closing: SocketClosing = { code: CUT_OFF, reason: '', wasClean: false }): void {
    if (this.#closing !== undefined) return
    this.#closing = closing
    this.#events?.closed(closing)
  }

  #receive(data: SocketData): void {
    if (this.#closing !== undefined) return
    const size = byteLengthOf(data)
    this.#ahead.push(size)
    this.#aheadBytes += size
    if (this.#aheadBytes > MAX_AHEAD_BYTES) {
      this.close(CUT_OFF, '')
      this.end()
    } else if (this.#events === undefined) this.#early.push(data)
    else this.#events.message(data)
  }
}

/** The other end: passes on what the socket says, and tells it what is said to it. */
export function relaySocket(
  socket: MessageSocket,
  id: number,
  { closed, send }: { readonly closed: () => void; readonly send: Send },
): (part: SocketPart, bytes: Uint8Array | undefined) => void {
  const acknowledge = acknowledger(id, send)
  socket.open({
    message: (data) => sendMessage(id, send, data),
    taken: acknowledge,
    closed: ({ code, reason, wasClean }) => {
      closed()
      send({ type: 'socketClosed', id, code, reason, wasClean })
    },
  })
  return (part, bytes) => {
    if (part.type === 'socketMessage') socket.send(part.text ?? bytes ?? new Uint8Array())
    else if (part.type === 'socketTaken') takeAll(part.count, socket)
    else socket.close(part.code, part.reason)
  }
}

function sendMessage(id: number, send: Send, data: SocketData): void {
  if (typeof data === 'string') send({ type: 'socketMessage', id, text: data })
  else send({ type: 'socketMessage', id }, data)
}

/** What is taken in one turn is told together. */
function acknowledger(id: number, send: Send): () => void {
  let count = 0
  return () => {
    count += 1
    if (count > 1) return
    setImmediate(() => {
      send({ type: 'socketTaken', id, count })
      count = 0
    })
  }
}

const MAX_COUNT = 100_000

function takeAll(count: number, events: Pick<SocketEvents, 'taken'> | undefined): void {
  for (let i = Math.min(Number(count) || 0, MAX_COUNT); i > 0; i--) events?.taken()
}
