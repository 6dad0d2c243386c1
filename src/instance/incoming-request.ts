// The host's side of the request a fetch task carries.
import type { Crossing } from '../bridge/entries.ts'
import { packHeaders } from '../bridge/header-text.ts'
import { IsopodError } from '../errors.ts'
import { fromBytes, isByteSource } from '../ops/byte-source.ts'
import type { ByteSource, FetchRequest, TaskError } from '../task.ts'
import type { OpTable } from './op-table.ts'
import type { TaskRun } from './task-run.ts'

/** A body of up to this size goes in with the request; reading a larger one is an operation. */
export const DIRECT_BODY_BYTES: number = 64 * 1024

export function packRequestHeaders({ headers }: FetchRequest): string {
  return packHeaders(typeof headers === 'function' ? headers() : headers)
}

/** The body as the fetch entry takes it. A body that is at hand was measured before. */
export function enteringBody(run: TaskRun, { body }: FetchRequest, ops: OpTable): Crossing {
  if (body === undefined) return 0
  if (isByteSource(body)) return ops.addSource(run, limitedBody(run, body))
  if (body.length <= DIRECT_BODY_BYTES) {
    run.bytesIn = byteLength(body)
    return typeof body === 'string' ? body : new Uint8Array(body).buffer
  }
  return ops.addSource(run, limitedBody(run, fromBytes(body)))
}

/** Why a body that is at hand cannot be taken. */
export function bodyTooLarge(run: TaskRun, { body }: FetchRequest): TaskError | undefined {
  if (body === undefined || isByteSource(body)) return undefined
  const { requestBodyBytes } = run.prepared.limits
  // No text has fewer bytes than characters.
  if (body.length * 3 <= requestBodyBytes || byteLength(body) <= requestBodyBytes) return undefined
  return { code: 'REQUEST_TOO_LARGE', message: tooLargeText(requestBodyBytes) }
}

function byteLength(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
}

/** The request's body as the guest reads it: counted, and bounded. A body over the limit ends the task. */
function limitedBody(run: TaskRun, source: ByteSource): ByteSource {
  const { requestBodyBytes } = run.prepared.limits
  return {
    async read() {
      const chunk = await source.read()
      run.bytesIn += chunk?.byteLength ?? 0
      if (run.bytesIn <= requestBodyBytes) return chunk
      source.cancel('the request body is too large')
      const message = tooLargeText(requestBodyBytes)
      run.fail('tooLarge', { code: 'REQUEST_TOO_LARGE', message })
      throw new IsopodError('REQUEST_TOO_LARGE', message)
    },
    cancel: (reason) => source.cancel(reason),
  }
}

function tooLargeText(allowed: number): string {
  return `Request body limit: the body is larger than the ${allowed} bytes it may have. Send less, or raise the limit "requestBodyBytes".`
}
