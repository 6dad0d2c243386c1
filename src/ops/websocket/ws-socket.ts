// A WebSocket connection over the network, whichever side opened it. Invariants: it is read only while what came before is
// dealt with; what a peer makes us answer by itself (pongs) is bounded; a peer that is silent for two pings has gone.
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import {
  byteLengthOf,
  CUT_OFF,
  type MessageSocket,
  NO_CODE,
  type SocketClosing,
  type SocketData,
  type SocketEvents,
} from '../../message-socket.ts'

export interface WsSocketOptions {
  /** What the messages go over. */
  readonly connection: Pick<Socket, 'bytesRead'>
  readonly maxMessageBytes: number
  /** How often a peer that says nothing is asked whether it is there, in milliseconds; 30,000 unless given. */
  readonly pingMs?: number
  /** Called once, when the connection is gone. */
  readonly ended?: () => void
}

/** For the `ws` library, on either side. Nothing is compressed: each side's state would cost 300 KB a socket. */
export const WS_OPTIONS = {
  perMessageDeflate: false,
  /** How long a peer may take to answer a close frame. */
  closeTimeout: 5_000,
} as const

/** Messages and bytes that came and are not dealt with, at which the connection is not read on. */
const WINDOW_BYTES = 64 * 1024
/** What a message costs besides its bytes. */
const MESSAGE_BYTES = 64

export class WsSocket implements MessageSocket {
  readonly maxMessageBytes: number
  readonly #ws: WebSocket
  readonly #connection: WsSocketOptions['connection']
  readonly #ended: (() => void) | undefined
  readonly #pinging: NodeJS.Timeout
  #events: SocketEvents | undefined
  /** Sizes of the messages that are not dealt with yet. */
  readonly #untaken: number[] = []
  #untakenBytes = 0
  /** Of the connection, when the last ping was sent. */
  #bytesRead = -1
  #state: 'open' | 'closing' | 'closed' = 'open'
  #failure: number | undefined
  #closing: SocketClosing | undefined

  /** @param ws - just opened, in the same turn: nothing of it may have been read */
  constructor(ws: WebSocket, { connection, maxMessageBytes, pingMs = 30_000, ended }: WsSocketOptions) {
    this.#ws = ws
    this.#connection = connection
    this.maxMessageBytes = maxMessageBytes
    this.#ended = ended
    ws.pause()
    ws.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    ws.on('error', (error) => (this.#failure ??= failureCode(error)))
    ws.on('close', (code, reason) => this.#close(code, reason.toString()))
    this.#pinging = setInterval(() => this.#ping(), pingMs)
    this.#pinging.unref()
  }

  open(events: SocketEvents): void {
    this.#events = events
    if (this.#closing === undefined) this.#ws.resume()
    else events.closed(this.#closing)
  }

  send(data: SocketData): void {
    if (this.#state !== 'open') return
    this.#ws.send(data, { binary: typeof data !== 'string' }, () => {
      if (this.#state !== 'closed') this.#events?.taken()
    })
  }

  taken(): void {
    const wasFull = this.#isFull
    this.#untakenBytes -= this.#untaken.shift() ?? 0
    if (wasFull && !this.#isFull && this.#events !== undefined) this.#ws.resume()
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return
    if (code === CUT_OFF) {
      this.#ws.terminate()
      return
    }
    this.#state = 'closing'
    if (code === NO_CODE) this.#ws.close()
    else this.#ws.close(isSendable(code) ? code : 1011, Buffer.byteLength(reason) > 123 ? '' : reason)
    // The peer's answer has to be read, whatever comes before it.
    this.#ws.resume()
  }

  get #isFull(): boolean {
    return this.#untakenBytes >= WINDOW_BYTES
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#state !== 'open') return
    const message = isBinary ? data : data.toString()
    const size = byteLengthOf(message) + MESSAGE_BYTES
    this.#untaken.push(size)
    this.#untakenBytes += size
    if (this.#isFull) this.#ws.pause()
    this.#events?.message(message)
  }

  #ping(): void {
    // What it says is not read at present.
    if (this.#ws.isPaused) return
    const { bytesRead } = this.#connection
    // Not even an answer to the last ping.
    if (bytesRead === this.#bytesRead) return this.#ws.terminate()
    this.#bytesRead = bytesRead
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping()
  }

  #close(code: number, reason: string): void {
    this.#state = 'closed'
    clearInterval(this.#pinging)
    const wasClean = code !== CUT_OFF
    this.#closing = { code: wasClean ? code : (this.#failure ?? code), reason, wasClean }
    this.#ended?.()
    this.#events?.closed(this.#closing)
  }
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4 */
function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999)
}

/** With which code the library has closed because of an error; undefined where the connection itself failed. */
function failureCode(error: Error & { readonly code?: unknown }): number | undefined {
  switch (error.code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return 1009
    case 'WS_ERR_INVALID_UTF8':
      return 1007
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return 1008
    default:
      return typeof error.code === 'string' && error.code.startsWith('WS_ERR_') ? 1002 : undefined
  }
}
