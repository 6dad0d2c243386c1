// The few words of shared memory through which a host's thread and its watchdog see each other.

/** Indexes into the shared Int32Array. */
export const WATCH = {
  /** Odd while an entry is under way; grows with every enter and leave. */
  turn: 0,
  /** Number of the version inside, or last inside. */
  version: 1,
  /** How long the entry may last, in milliseconds. */
  limitMs: 2,
  /** Grows with every turn of the heartbeat timer: the thread's own event loop goes round. */
  heartbeat: 3,
  /** 1 once the process is about to end in order. */
  ending: 4,
} as const

export function createWatchMemory(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(8 * Int32Array.BYTES_PER_ELEMENT))
}
