// Host to guest: the kinds of entry. One held Reference takes (kind, id, a, b, c); see `guest/entry.ts`.
// A fetch entry may return its task's final answer as text (see `returned-answer.ts`), which saves a call; every other
// answer comes as an op.

export const ENTRY = {
  /** Run the registered program. id: the load's own task, a: the worker's `env` as JSON, b: the isolate's heap limit in MiB, c: 'frozen' or 'real', how clocks behave; parts were stored by `part` entries before. */
  load: 1,
  /** Store a part for the program. a: name, b: text or bytes, c: 'text' | 'data' | 'wasm'. */
  part: 2,
  /** A fetch task. id: task, a: method, b: URL, c: the body where it is small and at hand (text or bytes),
   * else the number of the source that holds it; 0 for none. */
  fetch: 3,
  /** A scheduled task. id: task, a: cron, b: scheduled time in ms. */
  scheduled: 4,
  /** An execute task. id: task, a: input as JSON text, or undefined. */
  execute: 5,
  /** The result of an op. id: op, a: 0 failed, 1 succeeded; b: value, or on failure "name\nmessage"; c: second value. */
  deliver: 6,
  /** The caller of a task went away. id: task. */
  abort: 7,
  /** A task is over: forget it, and fail what it left pending. id: task. */
  end: 8,
  /** Collect garbage. */
  collect: 9,
  /** Give the answer again that an entry of this task returned: something else was thrown in its place. id: task. */
  repeat: 10,
  /** A rejection that nobody handled, where the program listens to that. a: name, b: message, c: stack. */
  rejection: 11,
  /** What happened to a WebSocket. id: socket, a: one of {@link SOCKET_EVENT}, b: what that says. */
  socket: 12,
} as const

export const SOCKET_EVENT = {
  /** The handshake is over. b: the protocol the server chose. */
  open: 0,
  /** b: text, or bytes. */
  message: 1,
  /** Comes last. b: "code wasClean bufferedAmount reason", with 1 or 0 for wasClean. */
  close: 2,
} as const

export type EntryKind = (typeof ENTRY)[keyof typeof ENTRY]

/** What may cross the boundary as it is. */
export type Crossing = string | number | ArrayBuffer | Uint8Array | undefined
