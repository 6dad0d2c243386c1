// What the ingress itself needs of a request's headers, in one pass over the list as it came. Node's `headers` object
// would be built for every request, and most workers look at none of it.

export interface Framing {
  /** Undefined when it is missing, or given twice. */
  readonly host: string | undefined
  readonly hasBody: boolean
  readonly isChunked: boolean
  /** 0 where none is given. */
  readonly contentLength: number
}

export function readFraming(raw: readonly string[]): Framing {
  let host: string | undefined
  let hosts = 0
  let chunked = false
  let contentLength = 0
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    // By length first: it rules out nearly all others.
    if (name.length === 4 && name.toLowerCase() === 'host') {
      host = raw[i + 1]
      hosts += 1
    } else if (name.length === 14 && name.toLowerCase() === 'content-length') {
      contentLength = Number(raw[i + 1])
    } else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      chunked = true
    }
  }
  return {
    host: hosts === 1 ? host : undefined,
    hasBody: chunked || contentLength > 0,
    isChunked: chunked,
    contentLength,
  }
}
