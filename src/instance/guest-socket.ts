// A WebSocket the guest holds, with what is on its way in and out. Invariants: what comes is delivered in order, one entry
// for each message and no more of them in a turn than take a moment, and the sender is let go on only then; what the guest
// sends is sent when the entry is over, and bounded until the other side takes it.
import { ENTRY, SOCKET_EVENT } from '../bridge/entries.ts'
import type { Entry } from '../isolate/executor.ts'
import {
  byteLengthOf,
  CUT_OFF,
  type MessageSocket,
  type SocketClosing,
  type SocketData,
  type SocketEvents,
} from '../message-socket.ts'
import type { TaskRun } from './task-run.ts'

/** What a socket needs of its instance. */
export interface SocketOwner {
  /** Enters the guest on behalf of the run. */
  enterFor(run: TaskRun, entry: Entry): void
  /** So much more, or less, is on its way out. Returns whether all sockets together may have as much. */
  buffered(bytes: number): boolean
  /** A client has said something to the run. */
  heard(run: TaskRun): void
  /** Nothing of the socket is left. */
  socketClosed(socket: GuestSocket): void
}

/** `client`: the worker opened it. `server`: a client of the worker did. */
export type SocketKind = 'client' | 'server'

export interface GuestSocketInit {
  readonly id: number
  readonly kind: SocketKind
  readonly run: TaskRun
  readonly owner: SocketOwner
  /** Gives up what opens the connection. */
  readonly cancel?: () => void
}

/** What deliveries may take of one turn of the event loop; others want theirs. */
const TURN_MS = 1

export class GuestSocket implements SocketEvents {
  readonly id: number
  readonly kind: SocketKind
  readonly run: TaskRun
  readonly #owner: SocketOwner
  readonly #cancel: (() => void) | undefined
  #link: MessageSocket | undefined
  #isAccepted = false
  #state: 'open' | 'closing' | 'closed' = 'open'
  readonly #inbox: (SocketData | SocketClosing)[] = []
  #isDelivering = false
  #outbox: SocketData[] = []
  #isFlushing = false
  /** Sizes of what was sent and not taken yet. */
  readonly #unsent: number[] = []
  #bufferedBytes = 0
  #idle: NodeJS.Timeout | undefined
  #isPassedOn = false
  /** Who gets what comes, where the guest has passed the socket on. */
  #heir: SocketEvents | undefined

  constructor({ id, kind, run, owner, cancel }: GuestSocketInit) {
    this.id = id
    this.kind = kind
    this.run = run
    this.#owner = owner
    this.#cancel = cancel
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  /** A client of the worker is at its other end: its run lives as long. */
  get holdsRun(): boolean {
    return this.kind === 'server' || this.#isPassedOn
  }

  /** The connection is there. */
  connect(link: MessageSocket): void {
    this.#link = link
    if (this.kind === 'server') this.#watchIdle()
    link.open(this)
  }

  accept(): void {
    this.#isAccepted = true
    this.#deliverSoon()
  }

  // What comes from the other side

  message(data: SocketData): void {
    this.#idle?.refresh()
    this.#inbox.push(data)
    this.#deliverSoon()
  }

  taken(): void {
    const bytes = this.#unsent.shift() ?? 0
    this.#bufferedBytes -= bytes
    if (this.#state !== 'closed') this.#owner.buffered(-bytes)
    this.#heir?.taken()
  }

  closed(closing: SocketClosing): void {
    if (!this.#isAccepted && !this.#isPassedOn) {
      // Nobody is left to answer to: the guest hears of it, whatever it has not accepted.
      this.#inbox.length = 0
      this.#isAccepted = true
    }
    this.#inbox.push(closing)
    this.#deliverSoon()
  }

  // What the guest does

  send(data: SocketData): void {
    if (this.#state !== 'open') return
    const bytes = byteLengthOf(data)
    this.run.bytesSent += bytes
    this.#unsent.push(bytes)
    this.#bufferedBytes += bytes
    this.#outbox.push(data)
    this.#idle?.refresh()
    const hasRoom = this.#owner.buffered(bytes)
    if (!hasRoom || this.#bufferedBytes > this.run.prepared.limits.webSocketBufferBytes) {
      this.close(1008, 'The other side reads too slowly.')
    } else if (!this.#isFlushing) {
      this.#isFlushing = true
      setImmediate(() => this.#flush())
    }
  }

  /** The `close` event is delivered when the other side has answered, or has gone. */
  close(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#flush()
    this.#state = 'closing'
    if (this.#link === undefined) {
      this.#cancel?.()
      this.closed({ code: CUT_OFF, reason: '', wasClean: false })
    } else {
      this.#link.close(code, reason)
    }
  }

  /** Closes, and lets the guest know this moment: what came and was not delivered is dropped. */
  shut(code: number, reason: string): void {
    if (this.#state === 'closed') return
    this.#inbox.length = 0
    this.close(code, reason)
    // The handshake goes on without the guest.
    this.#deliver({ code, reason, wasClean: true })
  }

  /** Its task is over: the guest hears nothing more. */
  drop(code: number, reason: string): void {
    if (this.#state === 'closed') return
    this.#inbox.length = 0
    this.close(code, reason)
    this.#state = 'closed'
    this.#end()
    this.#heir?.closed({ code, reason, wasClean: true })
  }

  /** The guest hands the socket on as it is; it hears nothing more of it. */
  passOn(): MessageSocket | undefined {
    const link = this.#link
    if (link === undefined || this.#isAccepted || this.#state !== 'open') return undefined
    this.#isPassedOn = true
    this.#watchIdle()
    return {
      maxMessageBytes: link.maxMessageBytes,
      open: (events) => {
        this.#heir = events
        if (this.#state === 'closed') events.closed({ code: CUT_OFF, reason: '', wasClean: false })
        else this.accept()
      },
      send: (data) => this.send(data),
      taken: () => link.taken(),
      close: (code, reason) => this.close(code, reason),
    }
  }

  #flush(): void {
    this.#isFlushing = false
    const outbox = this.#outbox
    this.#outbox = []
    for (const data of outbox) this.#link?.send(data)
  }

  #deliverSoon(): void {
    if (!this.#isAccepted || this.#isDelivering || this.#inbox.length === 0) return
    this.#isDelivering = true
    setImmediate(() => {
      const endMs = performance.now() + TURN_MS
      do {
        const next = this.#inbox.shift()
        if (next !== undefined) this.#deliver(next)
      } while (this.#inbox.length > 0 && performance.now() < endMs)
      this.#isDelivering = false
      this.#deliverSoon()
    })
  }

  #deliver(next: SocketData | SocketClosing): void {
    if (this.#state === 'closed') return
    if (typeof next === 'string' || next instanceof Uint8Array) this.#deliverMessage(next)
    else this.#deliverClosing(next)
  }

  #deliverMessage(data: SocketData): void {
    if (this.#heir !== undefined) return this.#heir.message(data)
    // The bytes may be a view of a larger buffer, of which only these may cross.
    const b = typeof data === 'string' ? data : new Uint8Array(data).buffer
    // What a client says is a new event; what a server says belongs to the task that asked it.
    if (this.kind === 'server') this.#owner.heard(this.run)
    if (this.#state === 'open') this.#enter({ kind: ENTRY.socket, id: this.id, a: SOCKET_EVENT.message, b })
    this.#link?.taken()
  }

  #deliverClosing(closing: SocketClosing): void {
    const { code, reason, wasClean } = closing
    const heir = this.#heir
    this.#state = 'closed'
    if (heir === undefined) {
      // bufferedAmount does not change any more.
      const b = `${code} ${wasClean ? 1 : 0} ${this.#bufferedBytes} ${reason}`
      if (this.kind === 'server') this.#owner.heard(this.run)
      this.#enter({ kind: ENTRY.socket, id: this.id, a: SOCKET_EVENT.close, b })
    }
    this.#end()
    heir?.closed(closing)
    this.#owner.socketClosed(this)
  }

  /** A task with a client has no limit of wall time. */
  #watchIdle(): void {
    const { webSocketIdleMs } = this.run.prepared.limits
    const reason = `Nothing was said for ${webSocketIdleMs} ms.`
    this.#idle = setTimeout(() => this.close(1001, reason), webSocketIdleMs)
  }

  #enter(entry: Entry): void {
    this.#owner.enterFor(this.run, entry)
  }

  #end(): void {
    clearTimeout(this.#idle)
    this.#outbox = []
    this.#owner.buffered(-this.#bufferedBytes)
  }
}
