// Reads HTTP/1.1 responses of one connection that has one request under way. Knows just what the servers compared
// here send: a Content-Length or chunks, ASCII bodies.

export interface SimpleResponse {
  readonly status: number
  readonly body: string
}

function chunkedBody(text: string, start: number): string | undefined {
  let body = ''
  let at = start
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(text.slice(at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (text.length < next) return undefined
    if (size === 0) return body
    body += text.slice(lineEnd + 2, next - 2)
    at = next
  }
}

/** The response `text` holds, or undefined while it is incomplete. */
export function readResponse(text: string): SimpleResponse | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const status = Number(text.slice(9, 12))
  const bodyStart = headEnd + 4
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
  if (length === undefined) {
    const body = chunkedBody(text, bodyStart)
    return body === undefined ? undefined : { status, body }
  }
  const bodyEnd = bodyStart + Number(length)
  return text.length < bodyEnd ? undefined : { status, body: text.slice(bodyStart, bodyEnd) }
}
