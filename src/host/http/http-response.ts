// Writes what a task answered as an HTTP response.
import type { ServerResponse } from 'node:http'
import { isByteSource } from '../../ops/byte-source.ts'
import { OUTCOMES } from '../../outcome.ts'
import type { ByteSource, HeaderList, RateLimit, ResponseHead, TaskResult } from '../../task.ts'
import { rateLimitFields } from './rate-limit-fields.ts'

/** Framing is the server's business: a worker that set these could desynchronise a connection others share. */
export const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'te',
])

const STALLED_MS = 60_000

interface WireHeaders {
  readonly flat: readonly string[]
  readonly isAscii: boolean
}

/** Header lists recur (see `apply-answer.ts`, which shares their arrays); so does the form in which Node takes them. */
const wireHeaders = new WeakMap<HeaderList, WireHeaders>()

export function writeResult(response: ServerResponse, result: TaskResult): void {
  if (result.response === undefined) {
    writeFailure(response, result)
    return
  }
  const { body } = result
  let isAscii: boolean
  try {
    isAscii = writeHead(response, result.response, isByteSource(body) ? result.response.bodyLength : byteLength(body))
  } catch {
    // The Fetch API lets through control characters that HTTP cannot carry.
    if (isByteSource(body)) body.cancel('the head of the response is not valid')
    response.statusMessage = ''
    const message = 'The worker answered with a header or a reason phrase that HTTP cannot carry.'
    writeJsonError(response, { status: 500, code: 'WORKER_EXCEPTION', message })
    return
  }
  if (!isByteSource(body)) {
    // Together with text Node writes the head as UTF-8; on its own, one byte for each character.
    response.end(isAscii || typeof body !== 'string' ? body : Buffer.from(body))
  } else if (response.req.method === 'HEAD') {
    // Reading on would keep the connection waiting for a body that never reaches it.
    body.cancel('the answer to HEAD has no body')
    response.end()
  } else {
    // Only with a chunk are characters outside of ASCII written right; see above.
    if (isAscii) response.flushHeaders()
    void pump(response, body, result.response.bodyLength)
  }
}

function byteLength(body: string | Uint8Array | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)
}

/**
 * Returns whether the head is ASCII.
 *
 * @throws where HTTP cannot carry it; nothing is written then
 */
function writeHead(response: ServerResponse, head: ResponseHead, length: number | undefined): boolean {
  const { status, statusText } = head
  const { flat, isAscii } = toWire(head.headers)
  const hasLength = length !== undefined && status !== 204 && status !== 304
  const headers = (hasLength ? [...flat, 'content-length', String(length)] : flat) as string[]
  if (statusText === '') response.writeHead(status, headers)
  else response.writeHead(status, statusText, headers)
  return isAscii && (statusText === '' || isAsciiText(statusText))
}

function toWire(headers: HeaderList): WireHeaders {
  const known = wireHeaders.get(headers)
  if (known !== undefined) return known
  const flat: string[] = []
  for (const [name, value] of headers) if (!FRAMING.has(name)) flat.push(name, value)
  const wire = { flat, isAscii: isAsciiText(flat.join('')) }
  wireHeaders.set(headers, wire)
  return wire
}

function isAsciiText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  return /^[\0-\x7f]*$/.test(text)
}

/** Reads on only while the client does. An error after the head can only cut the connection. */
async function pump(response: ServerResponse, source: ByteSource, length: number | undefined): Promise<void> {
  let sent = 0
  const onClose = (): void => source.cancel('the client went away')
  response.once('close', onClose)
  try {
    for (;;) {
      const chunk = await source.read()
      if (chunk === undefined) break
      sent += chunk.byteLength
      if (length !== undefined && sent > length) throw new Error('more than was announced')
      if (!response.write(chunk)) await drained(response)
      if (response.destroyed) return
    }
    response.removeListener('close', onClose)
    if (length !== undefined && sent < length) throw new Error('less than was announced')
    response.end()
  } catch (error) {
    source.cancel(error instanceof Error ? error.message : 'the body broke off')
    // What was written before still goes out; the end of the body does not.
    const { socket } = response
    // Node holds the writes of a turn back until its end.
    if (socket === null) response.destroy()
    else setImmediate(() => socket.destroySoon())
  }
}

/** Resolves when there is room again, or nobody is left to make it: a client that reads nothing for that long is cut off. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), STALLED_MS)
    const done = (): void => {
      clearTimeout(stalled)
      response.removeListener('drain', done)
      response.removeListener('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}

export interface Failure {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retryAfterS?: number
  readonly rateLimit?: RateLimit
}

/** The client learns the outcome and what to do, not the worker's own error: that is for its owner's log. */
function writeFailure(response: ServerResponse, { outcome, error, rateLimit, retryAfterMs = 1000 }: TaskResult): void {
  const { status, retryable } = OUTCOMES[outcome]
  const detail = outcome === 'exception' || outcome === 'loadFailed' ? undefined : error?.message
  writeJsonError(response, {
    status,
    code: error?.code ?? outcome,
    message:
      detail ?? (outcome === 'loadFailed' ? 'The worker could not be loaded.' : 'The worker threw an exception.'),
    ...(retryable ? { retryAfterS: Math.max(1, Math.ceil(retryAfterMs / 1000)) } : {}),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  })
}

export function writeJsonError(
  response: ServerResponse,
  { status, code, message, rateLimit, retryAfterS }: Failure,
): void {
  const body = `${JSON.stringify({ error: { code, message } })}\n`
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // Whoever sends too much, or too slowly, may go on sending.
    ...(status === 413 || status === 408 ? { connection: 'close' } : {}),
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
    ...(rateLimit === undefined ? {} : rateLimitFields(rateLimit)),
  })
  response.end(body)
}
