// What a redirect asks for next. https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
import type { ByteSource, HeaderList, ResponseHead } from '../task.ts'
import { isByteSource } from './byte-source.ts'
import { FetchFailure } from './fetch-failure.ts'
import { parseTarget } from './fetch-target.ts'

/** One request of a chain. */
export interface Hop {
  readonly method: string
  readonly url: URL
  readonly headers: HeaderList
  readonly body: Uint8Array | ByteSource | undefined
}

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return REDIRECT_STATUSES.has(status)
}

/** Undefined when the response is the answer. @throws FetchFailure when it points where nobody can follow. */
export function nextHop(hop: Hop, head: ResponseHead): Hop | undefined {
  const location = isRedirect(head.status) ? locationOf(head) : undefined
  if (location === undefined) return undefined
  const url = parseTarget(location, hop.url)
  if (url.hash === '') url.hash = hop.url.hash

  const becomesGet =
    ((head.status === 301 || head.status === 302) && hop.method === 'POST') ||
    (head.status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD')
  if (!becomesGet && head.status !== 303 && isByteSource(hop.body)) {
    throw new FetchFailure('TypeError', 'The server redirects, but a streamed request body cannot be sent twice.')
  }
  const dropped = new Set([
    ...(becomesGet ? BODY_HEADERS : []),
    ...(url.origin === hop.url.origin ? [] : CREDENTIAL_HEADERS),
  ])
  return {
    method: becomesGet ? 'GET' : hop.method,
    url,
    headers: hop.headers.filter(([name]) => !dropped.has(name.toLowerCase())),
    body: becomesGet ? undefined : hop.body,
  }
}

const BODY_HEADERS: readonly string[] = ['content-encoding', 'content-language', 'content-location', 'content-type']
const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'cookie', 'proxy-authorization']

/** https://fetch.spec.whatwg.org/#concept-response-location-url */
function locationOf(head: ResponseHead): string | undefined {
  const values = new Set(head.headers.filter(([name]) => name.toLowerCase() === 'location').map(([, value]) => value))
  if (values.size > 1) throw new FetchFailure('TypeError', 'The server redirects to several places at once.')
  const [value] = values
  // Header values hold one character per byte; servers write URLs in UTF-8.
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8')
}
