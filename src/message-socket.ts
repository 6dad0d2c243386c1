// A WebSocket as those see it who pass it along: a client's connection, the end a guest holds, a link between processes.
// Flow control is by count: whoever receives a message says when it is dealt with, and the sender may then send more.

export type SocketData = string | Uint8Array

/** No code was given. https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
export const NO_CODE = 1005
/** The connection was cut off. */
export const CUT_OFF = 1006

export interface SocketClosing {
  readonly code: number
  readonly reason: string
  /** Both sides said so. */
  readonly wasClean: boolean
}

/** What comes from the other side, in order. */
export interface SocketEvents {
  message(data: SocketData): void
  /** The oldest of the messages that were sent and not taken yet has been taken. */
  taken(): void
  /** Comes once, and last. */
  closed(closing: SocketClosing): void
}

/** One end of a WebSocket. */
export interface MessageSocket {
  /** The longest message it takes, in bytes. */
  readonly maxMessageBytes: number
  /** Begins to tell what comes from the other side. Called once. */
  open(events: SocketEvents): void
  /** Dropped where the socket is closed, or closing. */
  send(data: SocketData): void
  /** The oldest message that came and was not dealt with yet is dealt with. */
  taken(): void
  /** Closes with a handshake; with {@link CUT_OFF} without. `closed` follows. */
  close(code: number, reason: string): void
}

export function byteLengthOf(data: SocketData): number {
  return typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
}
