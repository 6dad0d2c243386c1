// What the editor offers while one types: what programs find in a worker. A row is worth having where people type the name; a
// test compares the names with the page that lists the globals.
export interface ApiEntry {
  readonly name: string
  readonly kind: 'variable' | 'function' | 'class' | 'namespace'
  /** Beside the name. */
  readonly detail: string
}

export const WORKER_API: readonly ApiEntry[] = [
  { name: 'AbortController', kind: 'class', detail: 'cancels what takes its signal' },
  { name: 'AbortSignal', kind: 'class', detail: 'AbortSignal.timeout(ms), AbortSignal.any(signals)' },
  { name: 'Blob', kind: 'class', detail: 'new Blob(parts, { type })' },
  { name: 'CompressionStream', kind: 'class', detail: 'gzip, deflate, deflate-raw' },
  { name: 'DOMException', kind: 'class', detail: 'new DOMException(message, name)' },
  { name: 'DecompressionStream', kind: 'class', detail: 'gzip, deflate, deflate-raw' },
  { name: 'Event', kind: 'class', detail: 'new Event(type)' },
  { name: 'EventTarget', kind: 'class', detail: 'addEventListener, dispatchEvent' },
  { name: 'File', kind: 'class', detail: 'new File(parts, name)' },
  { name: 'FormData', kind: 'class', detail: 'fields of a form' },
  { name: 'Headers', kind: 'class', detail: 'new Headers(init)' },
  { name: 'MessageChannel', kind: 'class', detail: 'two ports' },
  { name: 'ReadableStream', kind: 'class', detail: 'new ReadableStream({ start, pull, cancel })' },
  { name: 'Request', kind: 'class', detail: 'new Request(url, init)' },
  { name: 'Response', kind: 'class', detail: 'new Response(body, init), Response.json(value)' },
  { name: 'TextDecoder', kind: 'class', detail: 'bytes → text' },
  { name: 'TextEncoder', kind: 'class', detail: 'text → bytes' },
  { name: 'TransformStream', kind: 'class', detail: 'new TransformStream({ transform, flush })' },
  { name: 'URL', kind: 'class', detail: 'new URL(url, base)' },
  { name: 'URLPattern', kind: 'class', detail: "new URLPattern({ pathname: '/:id' })" },
  { name: 'URLSearchParams', kind: 'class', detail: 'what follows ? in an address' },
  { name: 'WebSocketPair', kind: 'class', detail: 'two ends of a connection' },
  { name: 'WritableStream', kind: 'class', detail: 'new WritableStream({ write, close })' },
  { name: 'atob', kind: 'function', detail: 'base64 → text' },
  { name: 'btoa', kind: 'function', detail: 'text → base64' },
  { name: 'clearInterval', kind: 'function', detail: '(timer)' },
  { name: 'clearTimeout', kind: 'function', detail: '(timer)' },
  { name: 'console', kind: 'namespace', detail: 'log, info, warn, error, debug' },
  { name: 'crypto', kind: 'namespace', detail: 'randomUUID, getRandomValues, subtle' },
  { name: 'fetch', kind: 'function', detail: '(request, init); refused for runs from here' },
  { name: 'navigator', kind: 'namespace', detail: 'userAgent' },
  { name: 'performance', kind: 'namespace', detail: 'now, timeOrigin' },
  { name: 'queueMicrotask', kind: 'function', detail: '(callback)' },
  { name: 'reportError', kind: 'function', detail: '(error)' },
  { name: 'scheduler', kind: 'namespace', detail: 'wait(ms)' },
  { name: 'setInterval', kind: 'function', detail: '(callback, ms)' },
  { name: 'setTimeout', kind: 'function', detail: '(callback, ms)' },
  { name: 'structuredClone', kind: 'function', detail: '(value)' },
]

/** What a run from the playground has beside the globals. */
export const INPUT: ApiEntry = { name: 'input', kind: 'variable', detail: 'what was given as input' }
