// Writes what a task answered as an HTTP response.
import type { ServerResponse } from 'node:http'
import { OUTCOMES } from '../outcome.ts'
import type { ByteSource, HeaderList, TaskResult } from '../task.ts'

/** Framing is the server's business: a worker that set these could desynchronise a connection others share. */
const FRAMING = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer', 'te'])

/** Header lists recur (see `apply-answer.ts`, which shares their arrays); so does their flattened form. */
const flattened = new WeakMap<HeaderList, readonly string[]>()

export function writeResult(response: ServerResponse, result: TaskResult): void {
  if (result.response === undefined) {
    writeFailure(response, result)
    return
  }
  const { status, statusText, headers } = result.response
  const { body } = result
  const list = flatHeaders(headers)
  try {
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
      const length = body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
      const hasLength = status !== 204 && status !== 304
      writeHead(response, {
        status,
        statusText,
        headers: hasLength ? [...list, 'content-length', String(length)] : list,
      })
      response.end(body)
    } else {
      writeHead(response, { status, statusText, headers: list })
      void pump(response, body)
    }
  } catch {
    // A reason phrase or value that HTTP cannot carry, past the guest's own checks.
    response.destroy()
  }
}

function writeHead(
  response: ServerResponse,
  { status, statusText, headers }: { status: number; statusText: string; headers: readonly string[] },
): void {
  if (statusText === '') response.writeHead(status, headers as string[])
  else response.writeHead(status, statusText, headers as string[])
}

function flatHeaders(headers: HeaderList): readonly string[] {
  const known = flattened.get(headers)
  if (known !== undefined) return known
  const flat: string[] = []
  for (const [name, value] of headers) if (!FRAMING.has(name)) flat.push(name, value)
  flattened.set(headers, flat)
  return flat
}

/** Reads on only while the client does. An error after the head can only cut the connection. */
async function pump(response: ServerResponse, source: ByteSource): Promise<void> {
  response.flushHeaders()
  const onClose = (): void => source.cancel('the client went away')
  response.once('close', onClose)
  try {
    for (;;) {
      const chunk = await source.read()
      if (chunk === undefined) break
      if (!response.write(chunk)) await drained(response)
      if (response.destroyed) return
    }
    response.removeListener('close', onClose)
    response.end()
  } catch {
    response.destroy()
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
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
}

/** The client learns the outcome and what to do, not the worker's own error: that is for its owner's log. */
function writeFailure(response: ServerResponse, { outcome, error }: TaskResult): void {
  const { status, retryable } = OUTCOMES[outcome]
  const detail = outcome === 'exception' || outcome === 'loadFailed' ? undefined : error?.message
  writeJsonError(response, {
    status,
    code: error?.code ?? outcome,
    message:
      detail ?? (outcome === 'loadFailed' ? 'The worker could not be loaded.' : 'The worker threw an exception.'),
    ...(retryable ? { retryAfterS: 1 } : {}),
  })
}

export function writeJsonError(response: ServerResponse, { status, code, message, retryAfterS }: Failure): void {
  const body = `${JSON.stringify({ error: { code, message } })}\n`
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
  })
  response.end(body)
}
