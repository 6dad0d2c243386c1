// Guest to host: the operations. One sync Callback takes (op, id, a, b, c, d). It records or starts something and returns;
// it never throws host errors and does no I/O of its own. `id` is the op's own number (chosen by the guest, unique in
// the instance) where a result is delivered later by an `ENTRY.deliver`, and the task's number otherwise.

export const OP = {
  /** The program is loaded. a: JSON of {@link Handlers}. */
  loaded: 1,
  /** Loading failed. a: error text (see `error-text.ts`). */
  loadFailed: 2,
  /** A fetch task's response. id: task, a: status, or "status reason"; b: headers (packed), c: body (string, bytes, undefined, a source's number, or the length of a stream where it is known), d: RESPONSE flags. */
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
  /** A subrequest. id: op, a: "method\nredirect mode\nURL\nintegrity", b: headers (packed), c: body (string, bytes, undefined; 0: it follows by `fetchWrite`; any other number: a source the host reads itself), d: name of the binding it goes through, undefined for the network. Delivered as a head (see `fetch-head.ts`) and packed headers. */
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
  /** Returns the tables of the multi-byte encodings, as JSON. */
  encodingTables: 23,
  /** Returns a part of the guest (see `guest/parts.ts`): the function its script stands for, or its source. a: its name. */
  guestPart: 73,
  /** An error nobody caught: unhandled rejection or listener exception. a: error text. Returns what `log` returns. */
  uncaught: 24,
  /** A call of SubtleCrypto (see `crypto-call.ts`). id: op, a: the call as JSON, b, c: its data, d: bytes that belong to algorithms. Delivered as bytes, 1 or 0, or JSON; the second value is a ciphertext beside a shared key. */
  crypto: 30,
  /** A key that nothing in the guest can reach any more. id: the key's handle. */
  releaseKey: 31,
  /** Returns 1 when the host supports the operation, else 0. a: JSON of the operation, its algorithm, and a length, null or another algorithm, b: bytes that belong to algorithms. */
  cryptoSupports: 32,
  /** Returns 1 when both have the same bytes, else 0, in a time that does not depend on which. a, b: bytes of the same length. */
  timingSafeEqual: 33,
  /** Opens a compression stream of the task that is entered. id: its number, a: 0 compress | 1 decompress, b: format. Returns undefined, or "name\nmessage" where it may not. */
  codecOpen: 40,
  /** Gives a compression stream input. id: op, a: its number, b: bytes, at most SLICE_BYTES. Delivered as a piece of output (see `compression.ts`), and "name\nmessage" where the input failed after it. */
  codecFeed: 41,
  /** The next piece of output of the last input. id: op, a: number. Delivered likewise. */
  codecNext: 42,
  /** Its input is complete. id: op, a: number. Delivered likewise. */
  codecFinish: 43,
  /** Nobody needs it any more. id: number. */
  codecClose: 44,
  /** Starts an op that is delivered in the host's next turn. id: op. */
  turn: 70,
  /** The program listens to `unhandledrejection`: it hears of rejections before they are logged. */
  listensToRejections: 71,
  /** The program keeps the rejection it is being told of from the log. */
  preventRejection: 72,
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
