// The host's side of the request a fetch task carries.
import { packHeaders } from '../bridge/header-text.ts'
import { IsopodError } from '../errors.ts'
import { fromBytes, isByteSource } from '../ops/byte-source.ts'
import type { ByteSource, FetchRequest } from '../task.ts'
import type { TaskRun } from './task-run.ts'

export function packRequestHeaders({ headers }: FetchRequest): string {
  return packHeaders(typeof headers === 'function' ? headers() : headers)
}

/** The request's body as the guest reads it: counted, and bounded. A body over the limit ends the task. */
export function incomingBody(run: TaskRun, body: NonNullable<FetchRequest['body']>): ByteSource {
  const source = isByteSource(body) ? body : fromBytes(body)
  const { requestBodyBytes } = run.prepared.limits
  return {
    async read() {
      const chunk = await source.read()
      run.bytesIn += chunk?.byteLength ?? 0
      if (run.bytesIn <= requestBodyBytes) return chunk
      source.cancel('the request body is too large')
      const message =
        `Request body limit: more than the ${requestBodyBytes} bytes it may have. ` +
        'Send less, or raise the limit "requestBodyBytes".'
      run.fail('tooLarge', { code: 'REQUEST_TOO_LARGE', message })
      throw new IsopodError('REQUEST_TOO_LARGE', message)
    },
    cancel: (reason) => source.cancel(reason),
  }
}
