// What Node's HTTP parser refuses never becomes a request. The client is told in the same form as of any other error.
import { maxHeaderSize, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode } from '../../errors.ts'

interface Refusal {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
}

export function refuseClient(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Node's own mark of a response that is not complete: what is written now would become a part of it.
  const isAnswering = Boolean((socket as { _httpMessage?: unknown })._httpMessage)
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
    socket.destroy()
    return
  }
  const { status, code, message } = refusalOf(error)
  const body = `${JSON.stringify({ error: { code, message } })}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

function refusalOf({ code }: NodeJS.ErrnoException): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        code: 'HEADERS_TOO_LARGE',
        message: `Request header limit: target and headers are larger than the ${maxHeaderSize} bytes they may have. Send fewer, or shorter ones.`,
      }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'INVALID_REQUEST', message: 'The request took too long to arrive.' }
    default:
      return { status: 400, code: 'INVALID_REQUEST', message: 'This is no valid HTTP/1.1 request.' }
  }
}
