// The host half of a worker's WebSockets: the opening handshake, over a connection the guard allowed. The same rules as
// for fetch, by the same connector: names are judged before they are resolved, addresses when they are connected to.
import type { IncomingMessage } from 'node:http'
import { unescape } from 'node:querystring'
import { WebSocket } from 'ws'
import { IsopodError } from '../../errors.ts'
import type { MessageSocket } from '../../message-socket.ts'
import type { ByteSource, HeaderList, ResponseHead } from '../../task.ts'
import { fromReadable } from '../byte-source.ts'
import { fetchAborted, toFetchFailure } from '../fetch-failure.ts'
import { parseTarget } from '../fetch-target.ts'
import { addressRefused, type GuardedConnector } from '../guarded-connect.ts'
import { limitBytes } from '../limit-bytes.ts'
import type { NetworkGuard } from '../network-guard.ts'
import { checkHeaders } from '../request-headers.ts'
import { WS_OPTIONS, WsSocket } from './ws-socket.ts'

export interface SocketRequest {
  /** ws, wss, http or https. */
  readonly url: string
  readonly protocols: readonly string[]
  readonly headers: HeaderList
}

export type SocketAnswer =
  | {
      readonly type: 'open'
      readonly socket: MessageSocket
      readonly protocol: string
      readonly response: ResponseHead
    }
  /** The server answered with something else. Whoever does not want the body cancels it. */
  | { readonly type: 'refused'; readonly response: ResponseHead; readonly body: ByteSource }

interface Opening {
  readonly connector: GuardedConnector
  readonly guard: NetworkGuard
  readonly request: SocketRequest
  readonly limits: { readonly maxMessageBytes: number; readonly maxBodyBytes: number }
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Called once, when nothing of the connection is left; not where this rejects. */
  readonly ended: () => void
}

/** @throws FetchFailure, or IsopodError `ADDRESS_REFUSED` */
export async function openWebSocket(opening: Opening): Promise<SocketAnswer> {
  const { guard, request, signal } = opening
  const { url, headers } = target(request)
  const host = guard.checkHost(url.hostname)
  if (!host.allowed) throw addressRefused(url.hostname, `it is ${host.reason}`)
  if (signal.aborted) throw fetchAborted()
  return shakeHands(opening, url, headers)
}

function shakeHands(
  { connector, ended, limits, request, signal, timeoutMs }: Opening,
  url: URL,
  headers: HeaderList,
): Promise<SocketAnswer> {
  const { maxBodyBytes, maxMessageBytes } = limits
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, [...request.protocols], {
      ...WS_OPTIONS,
      maxPayload: maxMessageBytes,
      handshakeTimeout: timeoutMs,
      headers: joined(headers),
      // Node takes the socket by a callback too, which the types do not know.
      createConnection: ((_options: unknown, done: (error: Error | null, socket?: unknown) => void) =>
        connector.connect(connection(url), (...[error, socket]) => done(error, socket ?? undefined))) as never,
    })
    const abort = (): void => ws.terminate()
    signal.addEventListener('abort', abort, { once: true })
    let response: IncomingMessage | undefined
    let isOpen = false
    ws.on('upgrade', (message) => (response = message))
    ws.on('open', () => {
      if (response === undefined) return
      isOpen = true
      const socket = new WsSocket(ws, {
        connection: response.socket,
        maxMessageBytes,
        ended() {
          signal.removeEventListener('abort', abort)
          ended()
        },
      })
      resolve({ type: 'open', socket, protocol: ws.protocol, response: headOf(response) })
    })
    ws.on('unexpected-response', (_request, message) => {
      const exceeded = (): Error =>
        new IsopodError('RESPONSE_TOO_LARGE', `The body is larger than the ${maxBodyBytes} bytes a fetch may receive.`)
      const destroy = (): void => void message.destroy()
      signal.removeEventListener('abort', abort)
      signal.addEventListener('abort', destroy, { once: true })
      message.once('close', () => {
        signal.removeEventListener('abort', destroy)
        ended()
      })
      const body = limitBytes(fromReadable(message), { maxBytes: maxBodyBytes, exceeded })
      resolve({ type: 'refused', response: headOf(message), body })
    })
    // After it has opened, errors are the socket's own, and this does nothing.
    ws.on('error', (error) => {
      if (!isOpen) signal.removeEventListener('abort', abort)
      reject(signal.aborted ? fetchAborted() : toFetchFailure(error, url.host))
    })
  })
}

/** The URL as HTTP sees it. A user name and password in it go into a header, as browsers do for WebSockets. */
function target({ headers, url: text }: SocketRequest): { readonly url: URL; readonly headers: HeaderList } {
  const url = URL.parse(text)
  const { username = '', password = '' } = url ?? {}
  if (url !== null) {
    if (url.protocol === 'ws:' || url.protocol === 'wss:') url.protocol = url.protocol === 'ws:' ? 'http:' : 'https:'
    url.username = ''
    url.password = ''
    url.hash = ''
  }
  const checked = checkHeaders(headers).filter(([name]) => !/^sec-websocket-/i.test(name))
  if (!checked.some(([name]) => /^user-agent$/i.test(name))) checked.push(['user-agent', 'Isopod'])
  if ((username !== '' || password !== '') && !checked.some(([name]) => /^authorization$/i.test(name))) {
    const login = `${unescape(username)}:${unescape(password)}`
    checked.push(['authorization', `Basic ${Buffer.from(login).toString('base64')}`])
  }
  return { url: parseTarget(url?.href ?? text), headers: checked }
}

/** In undici's form. */
function connection({ host, hostname, port, protocol }: URL): Parameters<GuardedConnector['connect']>[0] {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return { host, hostname: bare, protocol, port: port || (protocol === 'https:' ? '443' : '80') }
}

/** A name may repeat. */
function joined(headers: HeaderList): Record<string, string[]> {
  const byName: Record<string, string[]> = Object.create(null) as Record<string, string[]>
  for (const [name, value] of headers) (byName[name.toLowerCase()] ??= []).push(value)
  return byName
}

function headOf({ rawHeaders, statusCode = 0, statusMessage = '' }: IncomingMessage): ResponseHead {
  const headers: [string, string][] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  return { status: statusCode, statusText: statusMessage, headers }
}
