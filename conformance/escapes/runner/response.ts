// HTTP responses out of the bytes of a connection, as a client would read them that trusts nobody.

export interface Response {
  readonly status: number
  readonly statusText: string
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** All of its body came. */
  readonly isComplete: boolean
}

interface Body {
  readonly text: string
  readonly end: number
  readonly isComplete: boolean
}

/** @param isClosed - the server closed the connection: the end of a body without a length */
export function parseResponses(raw: string, { isClosed, toHead }: { isClosed: boolean; toHead: boolean }): Response[] {
  const responses: Response[] = []
  for (let at = 0; at < raw.length;) {
    const headEnd = raw.indexOf('\r\n\r\n', at)
    if (headEnd < 0) break
    const [statusLine = '', ...lines] = raw.slice(at, headEnd).split('\r\n')
    const [, status = '0', statusText = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine) ?? []
    const headers = lines.map(toHeader)
    const body = readBody(raw, headEnd + 4, { headers, status: Number(status), isClosed, toHead })
    const text = Buffer.from(body.text, 'latin1').toString()
    responses.push({ status: Number(status), statusText, headers, body: text, isComplete: body.isComplete })
    // 100 and 103 announce the response proper.
    if (Number(status) >= 100 && Number(status) < 200) responses.pop()
    at = body.end
  }
  return responses
}

function toHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

interface Framing extends Pick<Response, 'headers' | 'status'> {
  readonly isClosed: boolean
  readonly toHead: boolean
}

function readBody(raw: string, start: number, { headers, status, isClosed, toHead }: Framing): Body {
  const of = (name: string): string | undefined => headers.find(([key]) => key === name)?.[1]
  if (toHead || status < 200 || status === 204 || status === 304) return { text: '', end: start, isComplete: true }
  if (of('transfer-encoding') === 'chunked') return readChunks(raw, start)
  const length = of('content-length')
  if (length === undefined) return { text: raw.slice(start), end: raw.length, isComplete: isClosed }
  const end = start + Number(length)
  return { text: raw.slice(start, end), end: Math.min(end, raw.length), isComplete: raw.length >= end }
}

function readChunks(raw: string, start: number): Body {
  let text = ''
  for (let at = start; ;) {
    const lineEnd = raw.indexOf('\r\n', at)
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(raw.slice(at, lineEnd), 16)
    const end = lineEnd + 2 + size
    if (Number.isNaN(size) || raw.length < end + 2) return { text, end: raw.length, isComplete: false }
    text += raw.slice(lineEnd + 2, end)
    at = end + 2
    if (size === 0) return { text, end: at, isComplete: true }
  }
}
