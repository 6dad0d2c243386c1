// The host half of a worker's `fetch`: sends the request, follows redirects, decodes the body. Invariant: every byte
// that leaves goes to a host and an address the guard allowed, redirects included, and no more than the limits come back.
// One fetcher serves one guard: its connections, once made, are not judged again, so nobody else may have them.
// The signal must fire when the task is over: that is what frees a response nobody read.
import type { LookupFunction } from 'node:net'
import type { Agent } from 'undici'
import { IsopodError } from '../errors.ts'
import type { ByteSource, HeaderList, ResponseHead } from '../task.ts'
import { isByteSource, toReadable } from './byte-source.ts'
import { contentCodings, decodeBody } from './content-decoding.ts'
import { FetchFailure, fetchAborted } from './fetch-failure.ts'
import { parseTarget } from './fetch-target.ts'
import {
  addressRefused,
  createGuardedConnector,
  type GuardedConnectOptions,
  type GuardedConnector,
} from './guarded-connect.ts'
import { type ExchangeOptions, HttpExchange } from './http-exchange.ts'
import { verifyIntegrity } from './integrity.ts'
import { limitBytes } from './limit-bytes.ts'
import { NameResolver } from './name-resolver.ts'
import type { NetworkGuard } from './network-guard.ts'
import { isRedirect, nextHop } from './redirect.ts'
import type { Hop } from './redirect.ts'
import { checkHeaders, withDefaultHeaders } from './request-headers.ts'
import { loadUndici, undici } from './undici.ts'
import { openWebSocket, type SocketAnswer, type SocketRequest } from './websocket/open-websocket.ts'

export interface FetcherOptions {
  readonly guard: NetworkGuard
  /** How names are resolved; a {@link NameResolver} of its own unless given. */
  readonly lookup?: LookupFunction
  /** Addresses of the name servers to ask; the machine's unless given. */
  readonly nameServers?: readonly string[] | undefined
  /** Resolving, TCP and TLS together, in milliseconds; 10,000 unless given. */
  readonly connectTimeoutMs?: number
  /** The longest silence within a response body, in milliseconds; 300,000 unless given. */
  readonly idleBodyTimeoutMs?: number
  /** How long an idle connection is kept, in milliseconds; 4,000 unless given, or the server says so, up to a minute. */
  readonly keepAliveMs?: number
  /** Certificate authorities (PEM) to trust instead of the built-in ones. */
  readonly certificateAuthorities?: string | readonly string[]
}

export interface SubrequestInit {
  readonly method: string
  readonly url: string
  readonly headers: HeaderList
  readonly redirect: 'follow' | 'error' | 'manual'
  /** Hashes of the body that is expected; see `integrity.ts`. Empty: any is. */
  readonly integrity?: string
  readonly body?: string | Uint8Array | ByteSource
}

export interface SubrequestLimits {
  /** Response body in bytes: as received, and again as decoded. */
  readonly maxBodyBytes: number
  /** Of a body that has to be held as a whole, in bytes; 64 MiB unless given. */
  readonly maxHeldBytes?: number
  /** 20 unless given, as the Fetch standard has it. */
  readonly maxRedirects?: number
  /** Called before a redirect is followed; false when the task may make no more subrequests. */
  readonly onRedirect?: () => boolean
  /** Told, in microseconds, what decoding the body took of other threads. */
  readonly worked?: (usedUs: number) => void
}

export interface SocketLimits {
  /** One message from the server, in bytes; a longer one ends the connection. */
  readonly maxMessageBytes: number
  /** The body of a response to a server's refusal, in bytes. */
  readonly maxBodyBytes: number
}

export interface SubrequestResponse extends ResponseHead {
  /** Of the last request, fragment included. */
  readonly url: string
  readonly redirected: boolean
  /** The body was compressed and is not any more: `content-encoding` and `content-length` tell of how it was sent. */
  readonly decoded: boolean
  /** Absent where HTTP has none: HEAD, 204, 205, 304. Chunks may be views of larger buffers. */
  readonly body?: ByteSource
}

export interface Fetcher extends AsyncDisposable {
  /** @throws FetchFailure, or IsopodError: `ADDRESS_REFUSED`, `SUBREQUEST_LIMIT`; reading also `RESPONSE_TOO_LARGE`. */
  start(request: SubrequestInit, limits: SubrequestLimits, signal: AbortSignal): Promise<SubrequestResponse>
  /** Opens a WebSocket; redirects are not followed. @throws as `start` does */
  openSocket(request: SocketRequest, limits: SocketLimits, signal: AbortSignal): Promise<SocketAnswer>
  /** No request is under way, no WebSocket is open, and no response is being received. */
  readonly isIdle: boolean
  /** Ends what is under way and closes all connections. */
  close(): Promise<void>
}

/** A server that asks for more holds a socket of the host for nothing. */
const MAX_KEEP_ALIVE_MS = 60_000

export function createFetcher(options: FetcherOptions): Fetcher {
  const { guard, nameServers, connectTimeoutMs = 10_000 } = options
  const resolver = new NameResolver({ timeoutMs: connectTimeoutMs, nameServers })
  const connections = lazyConnections({ lookup: resolver.lookup, ...options, connectTimeoutMs })
  let underWay = 0
  const send = (hop: Hop, signal: AbortSignal): HttpExchange => {
    underWay += 1
    return sendHop(connections.agent, hop, { signal, ended: () => (underWay -= 1) })
  }
  const close = async (): Promise<void> => {
    await connections.close()
    resolver.close()
  }
  return {
    async start(request, limits, signal) {
      underWay += 1
      try {
        return await checked(await follow({ send, guard, request, limits, signal }), request, limits)
      } catch (error) {
        if (isByteSource(request.body)) request.body.cancel('the request failed')
        throw error
      } finally {
        underWay -= 1
      }
    },
    async openSocket(request, limits, signal) {
      underWay += 1
      let isUnderWay = true
      const ended = (): void => {
        if (isUnderWay) underWay -= 1
        isUnderWay = false
      }
      try {
        const loading = loadUndici()
        if (loading !== undefined) await loading
        if (signal.aborted) throw fetchAborted()
        return await openWebSocket({
          connector: connections.connector,
          guard,
          request,
          limits,
          signal,
          timeoutMs: connectTimeoutMs,
          ended,
        })
      } catch (error) {
        ended()
        throw error
      }
    },
    get isIdle() {
      return underWay === 0
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

interface LazyConnections {
  readonly agent: Agent
  readonly connector: GuardedConnector
  close(): Promise<void>
}

/** Nothing of undici before the first request is sent. */
function lazyConnections(options: FetcherOptions & GuardedConnectOptions): LazyConnections {
  let made: { readonly agent: Agent; readonly connector: GuardedConnector } | undefined
  let isClosed = false
  const make = (): NonNullable<typeof made> => {
    const connector = createGuardedConnector(options)
    const agent = new (undici().Agent)({
      connect: connector.connect,
      allowH2: false,
      // The task's signal limits the wait for the head.
      headersTimeout: 0,
      bodyTimeout: options.idleBodyTimeoutMs ?? 300_000,
      keepAliveTimeout: options.keepAliveMs ?? 4_000,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
    })
    // It then refuses what is sent, as one that was closed.
    if (isClosed) void agent.destroy()
    return { agent, connector }
  }
  return {
    get agent() {
      made ??= make()
      return made.agent
    },
    get connector() {
      made ??= make()
      return made.connector
    },
    async close() {
      isClosed = true
      await made?.agent.destroy()
      made?.connector.abandon()
    },
  }
}

const MAX_HELD_BYTES = 64 * 1024 * 1024

async function checked(
  response: SubrequestResponse,
  { integrity = '' }: SubrequestInit,
  { maxHeldBytes = MAX_HELD_BYTES }: SubrequestLimits,
): Promise<SubrequestResponse> {
  if (integrity === '') return response
  const { body, ...head } = response
  const verified = await verifyIntegrity(body, { integrity, maxBytes: maxHeldBytes })
  return verified === undefined ? head : { ...head, body: verified }
}

interface Subrequest {
  readonly send: (hop: Hop, signal: AbortSignal) => HttpExchange
  readonly guard: NetworkGuard
  readonly request: SubrequestInit
  readonly limits: SubrequestLimits
  readonly signal: AbortSignal
}

async function follow({ send, guard, request, limits, signal }: Subrequest): Promise<SubrequestResponse> {
  const maxRedirects = limits.maxRedirects ?? 20
  let hop = firstHop(request)
  for (let redirects = 0; ; redirects++) {
    if (signal.aborted) throw fetchAborted()
    const host = guard.checkHost(hop.url.hostname)
    if (!host.allowed) throw addressRefused(hop.url.hostname, `it is ${host.reason}`)
    const loading = loadUndici()
    if (loading !== undefined) {
      await loading
      if (signal.aborted) throw fetchAborted()
    }
    const exchange = send(hop, signal)
    const head = await exchange.head
    try {
      if (request.redirect === 'error' && isRedirect(head.status)) {
        throw new FetchFailure('TypeError', 'The server redirects, and the request says redirect: "error".')
      }
      const next = request.redirect === 'follow' ? nextHop(hop, head) : undefined
      if (next === undefined) {
        return {
          ...head,
          url: hop.url.href,
          redirected: redirects > 0,
          ...receiveBody(exchange, { hop, head, limits }),
        }
      }
      if (redirects >= maxRedirects) {
        throw new FetchFailure('TypeError', `The server redirects more than ${maxRedirects} times.`)
      }
      if (limits.onRedirect?.() === false) {
        throw new IsopodError(
          'SUBREQUEST_LIMIT',
          'Following this redirect is one subrequest more than the task may make.',
        )
      }
      hop = next
    } catch (error) {
      exchange.discard()
      throw error
    }
    exchange.discard()
  }
}

/** They make a tunnel, or show what proxies added. https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])
/** https://fetch.spec.whatwg.org/#concept-method-normalize; the HTTP client knows by "HEAD" that no body follows. */
const NORMALIZED_METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'])

/** The guest has checked all this, but whoever took over the guest has not. */
function firstHop(request: SubrequestInit): Hop {
  const upper = request.method.toUpperCase()
  const method = NORMALIZED_METHODS.has(upper) ? upper : request.method
  if (FORBIDDEN_METHODS.has(upper) || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) {
    throw new FetchFailure('TypeError', 'The request method is not one that can be sent.')
  }
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body
  if (body !== undefined && (method === 'GET' || method === 'HEAD')) {
    throw new FetchFailure('TypeError', `A ${method} request cannot have a body.`)
  }
  return { method, url: parseTarget(request.url), headers: checkHeaders(request.headers), body }
}

function sendHop(agent: Agent, hop: Hop, { signal, ended }: Pick<ExchangeOptions, 'signal' | 'ended'>): HttpExchange {
  const stream = isByteSource(hop.body) ? toReadable(hop.body) : undefined
  const exchange = new HttpExchange({ signal, host: hop.url.host, requestBody: stream, ended })
  const body = isByteSource(hop.body) ? stream : hop.body
  const { origin, pathname, search } = hop.url
  const headers = withDefaultHeaders(hop.headers)
  agent.dispatch({ origin, path: pathname + search, method: hop.method, headers, body: body ?? null }, exchange)
  return exchange
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([204, 205, 304])

function receiveBody(
  exchange: HttpExchange,
  { hop, head, limits }: { hop: Hop; head: ResponseHead; limits: SubrequestLimits },
): Pick<SubrequestResponse, 'body' | 'decoded'> {
  if (hop.method === 'HEAD' || NULL_BODY_STATUSES.has(head.status)) {
    exchange.discard()
    return { decoded: false }
  }
  const limit = {
    maxBytes: limits.maxBodyBytes,
    exceeded: () =>
      new IsopodError(
        'RESPONSE_TOO_LARGE',
        `The response body is larger than the ${limits.maxBodyBytes} bytes a fetch may receive.`,
      ),
  }
  const codings = contentCodings(head.headers)
  const received = limitBytes(exchange, limit)
  if (codings.length === 0) return { decoded: false, body: received }
  return { decoded: true, body: decodeBody(received, codings, { limit, worked: limits.worked ?? ignore }) }
}

function ignore(): void {}
