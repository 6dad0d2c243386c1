// Guest to host: the operations. One sync Callback takes (op, id, a, b, c, d). It records or starts something and returns;
// it never throws host errors and does no I/O of its own. `id` is the op's own number (chosen by the guest, unique in
// the instance) where a result is delivered later by an `ENTRY.deliver`, and the task's number otherwise.

export const OP = {
  /** The program is loaded. a: JSON of {@link Handlers}. */
  loaded: 1,
  /** Loading failed. a: error text (see `error-text.ts`). */
  loadFailed: 2,
  /** A fetch task's response. id: task, a: status, or "status reason"; b: headers (packed), c: body (string, bytes, undefined, or a source's number), d: RESPONSE flags. */
  respond: 3,
  /** A chunk of a streamed response. id: task, a: bytes or string. Returns 1 when there is room for more, else 0. */
  write: 4,
  /** The streamed response is complete. id: task, a: undefined, or error text when the stream failed. */
  finish: 5,
  /** An execute or scheduled task's result. id: task, a: JSON text or undefined. b: RESPONSE flags. */
  result: 6,
  /** A task's handler failed. id: task, a: error text, b: error code, c: RESPONSE flags. */
  failed: 7,
  /** Everything a task waited for after its response has settled. id: task. */
  settled: 8,
  /** Returns the packed headers of a fetch task's request. id: task. */
  requestHeaders: 9,
  /** Starts an op that is delivered when a streamed response has room again. id: op, a: task. */
  drained: 10,
  /** The whole body of a source as text. id: op, a: source. */
  readText: 11,
  /** The whole body of a source as bytes. id: op, a: source. */
  readBytes: 12,
  /** The next chunk of a source; delivered as bytes, or undefined at its end. id: op, a: source. */
  readChunk: 13,
  /** Nobody reads on. id: source, a: reason. */
  cancelSource: 14,
  /** id: op, a: delay in ms. */
  timer: 15,
  /** Give up an op; nothing is delivered for it. id: op. */
  cancel: 16,
  /** A subrequest. id: op, a: "method\nredirect mode\nURL", b: headers (packed), c: body (string, bytes, undefined; 0: it follows by `fetchWrite`; any other number: a source the host reads itself). Delivered as a head (see `fetch-head.ts`) and packed headers. */
  fetch: 17,
  /** A chunk for a streamed subrequest body. id: the fetch's op, a: bytes, or undefined at the end, b: error text when the body failed. Returns 1 when there is room, else 0. */
  fetchWrite: 18,
  /** Starts an op that is delivered when a streamed subrequest body has room again. id: op, a: the fetch's op. */
  fetchDrained: 19,
  /** A console line. a: level (index in LOG_LEVELS), b: text. Returns LOG_FULL when no more of the entry's are kept. */
  log: 20,
  /** Returns 4 KiB of random bytes. */
  entropy: 21,
  /** Returns the ASCII form of a host name by UTS 46, or '' when it has none. a: host name. */
  domainToAscii: 22,
  /** Returns the decoded text, or undefined when `fatal` and malformed. a: bytes, b: encoding label, c: 1 fatal | 2 keep BOM. */
  decode: 23,
  /** An error nobody caught: unhandled rejection or listener exception. a: error text. Returns what `log` returns. */
  uncaught: 24,
  /** Opens a WebSocket; what becomes of it comes by `ENTRY.socket`. id: socket, a: URL, b: protocols, a line each. */
  socketConnect: 50,
  /** A fetch that asks for a WebSocket. id: op, and the socket where there is one; a: URL, b: headers (packed). Delivered as a fetch; status 101 says that there is one, and that it waits for `socketAccept`. */
  socketFetch: 51,
  /** Makes a WebSocket for the client of a fetch task, to be handed over by `respond`. id: socket, a: task. */
  socketServe: 52,
  /** id: socket, a: text or bytes. Returns undefined, or "name\nmessage" where it cannot be sent. */
  socketSend: 53,
  /** id: socket, a: code (1005 for none), b: reason. */
  socketClose: 54,
  /** From now on messages are delivered. id: socket. */
  socketAccept: 55,
  /** Returns how many bytes were sent and are not on their way yet. id: socket. */
  socketBuffered: 56,
} as const

export type OpCode = (typeof OP)[keyof typeof OP]

export const LOG_FULL = 1

export const LOG_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const

/** Bits of `respond`, `result` and `failed`. */
export const RESPONSE = {
  /** The body follows by `write` and `finish`. */
  stream: 1,
  /** The task has nothing left: no `settled` will follow. */
  final: 2,
  /** The body is a source the guest did not touch; `c` is its number, and the host passes it on itself. */
  source: 4,
  /** The client's connection becomes a WebSocket; `c` is its number. */
  socket: 8,
} as const

/** Which kinds of task a loaded program can take. */
export interface Handlers {
  readonly fetch: boolean
  readonly scheduled: boolean
  readonly execute: boolean
}
