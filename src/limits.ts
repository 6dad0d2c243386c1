// What one task, and one isolate, may use. One table of defaults; a version may lower or raise each.

export interface Limits {
  /** CPU time of one task, over all its entries into V8, in milliseconds. With a client's WebSocket: since its last message. */
  readonly cpuMs: number
  /** CPU time of loading a version: module top level and top-level await, in milliseconds. */
  readonly startupCpuMs: number
  /** From a task's acceptance to its response (or result), in milliseconds; waiting in a queue included. */
  readonly wallMs: number
  /** Wall time of loading a version, in milliseconds. */
  readonly startupWallMs: number
  /** How long promises given to `ctx.waitUntil` may go on after the response, in milliseconds. */
  readonly waitUntilMs: number
  /** Heap of one isolate, ArrayBuffers included, in MiB. */
  readonly heapMb: number
  /** Body of one request, in bytes. */
  readonly requestBodyBytes: number
  /** Body of one response that is not a stream, or of one stream, in bytes. */
  readonly responseBodyBytes: number
  /** Names and values of all headers of one response, in bytes. */
  readonly responseHeaderBytes: number
  /** `fetch` calls and WebSockets of one task, redirects included. A task with a client's WebSocket: since its last message. */
  readonly subrequests: number
  /** Body of one response to a worker's own `fetch`, in bytes. */
  readonly subrequestBodyBytes: number
  /** Operations (timers, fetches, reads) of one task under way at once. */
  readonly concurrentOps: number
  /** Console output kept of one task, in bytes of UTF-16 text, line breaks included. */
  readonly logBytes: number
  /** WebSockets of one task that are open at once. */
  readonly webSockets: number
  /** WebSockets of clients that are open at once on one instance. */
  readonly webSocketClients: number
  /** One WebSocket message, in either direction, in bytes. */
  readonly webSocketMessageBytes: number
  /** What a worker sent on one WebSocket and the other side has not taken yet, in bytes. */
  readonly webSocketBufferBytes: number
  /** How long a client's WebSocket may be without a message in either direction, in milliseconds. */
  readonly webSocketIdleMs: number
}

/**
 * The most a version may ask for on a server: an entry that is long holds up whoever shares its host, whoever vouches for it.
 */
export const LIMIT_CEILINGS: Readonly<Record<'vouched' | 'others', Partial<Limits>>> = Object.freeze({
  vouched: Object.freeze({ cpuMs: 30_000, startupCpuMs: 10_000, startupWallMs: 60_000, heapMb: 1024 }),
  others: Object.freeze({
    cpuMs: 5_000,
    startupCpuMs: 2_000,
    wallMs: 120_000,
    startupWallMs: 30_000,
    waitUntilMs: 120_000,
    heapMb: 256,
    requestBodyBytes: 100 * 1024 * 1024,
    responseBodyBytes: 1024 * 1024 * 1024,
    responseHeaderBytes: 64 * 1024,
    subrequests: 1000,
    subrequestBodyBytes: 1024 * 1024 * 1024,
    concurrentOps: 1000,
    logBytes: 1024 * 1024,
    webSockets: 1000,
    webSocketClients: 10_000,
    webSocketMessageBytes: 16 * 1024 * 1024,
    webSocketBufferBytes: 32 * 1024 * 1024,
    webSocketIdleMs: 24 * 3600 * 1000,
  }),
})

export const DEFAULT_LIMITS: Limits = Object.freeze({
  cpuMs: 100,
  startupCpuMs: 400,
  wallMs: 30_000,
  startupWallMs: 10_000,
  waitUntilMs: 30_000,
  heapMb: 50,
  requestBodyBytes: 100 * 1024 * 1024,
  responseBodyBytes: 1024 * 1024 * 1024,
  responseHeaderBytes: 64 * 1024,
  subrequests: 50,
  subrequestBodyBytes: 1024 * 1024 * 1024,
  concurrentOps: 1000,
  logBytes: 64 * 1024,
  webSockets: 100,
  webSocketClients: 1000,
  webSocketMessageBytes: 1024 * 1024,
  webSocketBufferBytes: 4 * 1024 * 1024,
  webSocketIdleMs: 600_000,
})

/** The least and the most that a limit may be, whoever sets it. */
export function limitRange(name: keyof Limits): readonly [min: number, max: number] {
  if (name === 'heapMb') return [8, 4096]
  // The longest delay a timer of Node has.
  return name.endsWith('Ms') ? [1, 2 ** 31 - 1] : [0, Number.MAX_SAFE_INTEGER]
}
