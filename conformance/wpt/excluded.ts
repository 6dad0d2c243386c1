// Files that are run by nobody, with reasons: what they test is a browser's protection of its user, or needs what the
// run does not have. The list was written before any figure was measured, but for the two entries that say otherwise.

interface Exclusion {
  readonly files: RegExp
  readonly reason: string
}

const CORS =
  'CORS: protects a user whose cookies travel with a request; a server runtime has no such user and no origin'
const COOKIES = 'credentials: there is no cookie jar, and no cache of passwords'
const REFERRER = 'referrer: there is no page that a request could come from'
const CACHE = 'cache modes: there is no HTTP cache'
const HTTP2 = 'needs an HTTP/2 server with a certificate that runtimes trust'
const KEEPALIVE = 'keepalive: requests that outlive their page; there is no page'

/** Of `fetch/api`: browser policy. */
const BROWSER_POLICY: readonly Exclusion[] = [
  { files: /^fetch\/api\/cors\//, reason: CORS },
  { files: /^fetch\/api\/credentials\//, reason: COOKIES },
  { files: /^fetch\/api\/policies\//, reason: 'content security policy and referrer policy of a page' },
  { files: /^fetch\/api\/basic\/mode-(?:no-cors|same-origin)\./, reason: CORS },
  { files: /^fetch\/api\/basic\/request-forbidden-headers\./, reason: 'forbidden headers: servers may set any' },
  {
    files: /^fetch\/api\/basic\/request-private-network-headers\./,
    reason: 'forbidden headers, and private networks as browsers see them',
  },
  // These two were added when the first figures showed that the list had overlooked them.
  {
    files: /^fetch\/api\/request\/request-headers\./,
    reason: 'forbidden headers: servers may set any',
  },
  {
    files: /^fetch\/api\/basic\/request-headers\./,
    reason: 'CORS: every test wants the Origin header, and there is no origin',
  },
  { files: /^fetch\/api\/basic\/(?:request-)?referrer\./, reason: REFERRER },
  { files: /^fetch\/api\/basic\/keepalive\./, reason: KEEPALIVE },
  { files: /^fetch\/api\/headers\/headers-no-cors\./, reason: 'no-cors: a guard of headers that only CORS needs' },
  { files: /^fetch\/api\/redirect\/redirect-(?:back-to-original-origin|origin)\./, reason: CORS },
  { files: /^fetch\/api\/redirect\/redirect-referrer/, reason: REFERRER },
  { files: /^fetch\/api\/redirect\/redirect-keepalive\./, reason: KEEPALIVE },
  { files: /^fetch\/api\/request\/request-cache-/, reason: CACHE },
  { files: /^fetch\/api\/request\/request-keepalive\./, reason: KEEPALIVE },
  {
    files: /^fetch\/api\/request\/request-bad-port\./,
    reason: 'blocked ports: the network guard of the operator decides',
  },
  { files: /^fetch\/api\/abort\/cache\./, reason: 'the Cache of service workers' },
]

/** Of any folder. */
const OUT_OF_REACH: readonly Exclusion[] = [
  { files: /\.h2\./, reason: HTTP2 },
  { files: /\?wpt_flags=h2$/, reason: HTTP2 },
  { files: /^websockets\/.*\?wss$/, reason: 'needs a WebSocket server with a certificate that runtimes trust' },
  { files: /^fetch\/api\/crashtests\//, reason: 'tries to crash a tab, and asserts nothing' },
]

/** Subtests of files that are run for their others. */
const EXCLUDED_SUBTESTS: readonly { readonly names: RegExp; readonly reason: string }[] = [
  {
    names: /SharedArrayBuffer|shared Uint8Array/,
    reason: 'shared memory: Isopod takes it away, since it is a clock for attacks on neighbours and counts in no limit',
  },
]

export function isExcludedSubtest(name: string): boolean {
  return EXCLUDED_SUBTESTS.some(({ names }) => names.test(name))
}

const EXCLUDED: readonly Exclusion[] = [...BROWSER_POLICY, ...OUT_OF_REACH]

export function exclusionOf(id: string): string | undefined {
  return EXCLUDED.find(({ files }) => files.test(id))?.reason
}
