// A fetch that failed, in words a worker may read: no addresses, paths or stacks of the host. The error underneath is
// kept as `cause` for the operator's log and never crosses the boundary.
import { IsopodError } from '../errors.ts'
import { undici } from './undici.ts'

export class FetchFailure extends Error {
  /** The class of error the worker sees. */
  override readonly name: 'TypeError' | 'AbortError'

  constructor(name: 'TypeError' | 'AbortError', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = name
  }
}

export function fetchAborted(): FetchFailure {
  return new FetchFailure('AbortError', 'The operation was aborted.')
}

/** What may be thrown at a worker: known failures as they are, anything else by its code. */
export function toFetchFailure(error: unknown, host: string): FetchFailure | IsopodError {
  if (error instanceof FetchFailure || error instanceof IsopodError) return error
  return new FetchFailure('TypeError', `fetch to ${host} failed: ${describe(error)}.`, { cause: error })
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved right now',
  ENODATA: 'the name has no address',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ETIMEDOUT: 'connecting took too long',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_SOCKET: 'the connection was closed too early',
  UND_ERR_ABORTED: 'the request body could not be sent',
  UND_ERR_BODY_TIMEOUT: 'no data arrived for too long',
  UND_ERR_HEADERS_OVERFLOW: 'the response headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the response has not the length it announced',
  UND_ERR_DESTROYED: 'the runtime is closing',
  UND_ERR_CLOSED: 'the runtime is closing',
}

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = DESCRIPTIONS[code]
  if (known !== undefined) return known
  if (error instanceof undici().errors.HTTPParserError) return 'the response is not valid HTTP'
  // OpenSSL's names say what is wrong with a certificate, and nothing about this machine.
  if (/^ERR_TLS_|^ERR_SSL_|CERT|^UNABLE_TO_|^EPROTO$/.test(code)) return `no secure connection (${code})`
  return 'network error'
}
