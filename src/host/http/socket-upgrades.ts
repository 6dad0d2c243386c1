// Connections that ask to become WebSockets. A worker decides by how it answers: with a WebSocket, and the connection is
// one; with any other response, which is written as such, and the connection closes.
import { type IncomingMessage, ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { CUT_OFF, type MessageSocket } from '../../message-socket.ts'
import { joinSockets } from '../../ops/websocket/join-sockets.ts'
import { WS_OPTIONS, WsSocket } from '../../ops/websocket/ws-socket.ts'
import type { HeaderList, TaskResult } from '../../task.ts'
import { FRAMING, writeJsonError } from './http-response.ts'

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Socket
  /** What came after the request. */
  readonly head: Buffer
}

interface SocketResult extends TaskResult {
  readonly socket: MessageSocket
}

const KEY = /^[+/0-9A-Za-z]{22}==$/

export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}

export class SocketUpgrades {
  readonly #upgrades = new WeakMap<ServerResponse, Upgrade>()
  readonly #open = new Map<WsSocket, Socket>()
  #closing: readonly [code: number, reason: string] | undefined

  /** The response to write while the connection speaks HTTP; none where it is refused already. */
  begin(upgrade: Upgrade): ServerResponse | undefined {
    const { request, socket } = upgrade
    // Node has taken its own listeners away.
    socket.on('error', () => socket.destroy())
    socket.on('end', destroyOnEnd)
    const response = new ServerResponse(request)
    response.assignSocket(socket)
    response.shouldKeepAlive = false
    response.once('finish', () => socket.destroySoon())
    if (isComplete(request)) {
      this.#upgrades.set(response, upgrade)
      return response
    }
    const message = 'This is no valid request for a WebSocket of version 13.'
    response.setHeader('sec-websocket-version', '13')
    writeJsonError(response, { status: 400, code: 'INVALID_REQUEST', message })
    return undefined
  }

  /** The worker answered with a WebSocket. */
  complete(response: ServerResponse, { response: head, socket }: SocketResult): void {
    const upgrade = this.#upgrades.get(response)
    if (upgrade === undefined) {
      socket.close(CUT_OFF, '')
      const message = 'The worker answers this with a WebSocket, and the request asks for none.'
      response.setHeader('upgrade', 'websocket')
      writeJsonError(response, { status: 426, code: 'INVALID_REQUEST', message })
      return
    }
    const lines = headerLines(head?.headers ?? [])
    if (lines === undefined) {
      socket.close(CUT_OFF, '')
      const message = 'The worker answered with a header that HTTP cannot carry.'
      writeJsonError(response, { status: 500, code: 'WORKER_EXCEPTION', message })
      return
    }
    response.detachSocket(upgrade.socket)
    upgrade.socket.removeListener('end', destroyOnEnd)
    this.#switch(upgrade, { lines, protocol: protocolOf(head?.headers ?? []), end: socket })
  }

  closeAll(code: number, reason: string): void {
    this.#closing = [code, reason]
    for (const socket of this.#open.keys()) socket.close(code, reason)
  }

  /** For those that did not answer the closing; returns how many there were. */
  cutAll(): number {
    const { size } = this.#open
    for (const connection of this.#open.values()) connection.destroy()
    return size
  }

  #switch(
    { head, request, socket }: Upgrade,
    { end, lines, protocol }: { readonly end: MessageSocket; readonly lines: string[]; readonly protocol: string },
  ): void {
    const { maxMessageBytes } = end
    const server = new WebSocketServer({
      ...WS_OPTIONS,
      noServer: true,
      clientTracking: false,
      maxPayload: maxMessageBytes,
      // A protocol that was not asked for would make clients close at once.
      handleProtocols: (asked) => (asked.has(protocol) ? protocol : false),
    })
    server.on('headers', (headers) => headers.push(...lines))
    let isOpen = false
    server.handleUpgrade(request, socket, head, (ws) => {
      isOpen = true
      const connected = new WsSocket(ws, {
        connection: socket,
        maxMessageBytes,
        ended: () => this.#open.delete(connected),
      })
      this.#open.set(connected, socket)
      joinSockets(connected, end)
      if (this.#closing !== undefined) connected.close(...this.#closing)
    })
    // The client left in the meantime.
    if (!isOpen) end.close(CUT_OFF, '')
  }
}

function destroyOnEnd(this: Socket): void {
  this.destroy()
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1 */
function isComplete({ headers, httpVersionMinor, method }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    httpVersionMinor > 0 &&
    headers['sec-websocket-version'] === '13' &&
    KEY.test(headers['sec-websocket-key'] ?? '')
  )
}

/** What the worker says besides the handshake, as lines; undefined where HTTP cannot carry it. */
function headerLines(headers: HeaderList): string[] | undefined {
  const lines: string[] = []
  for (const [name, value] of headers) {
    if (FRAMING.has(name) || name.startsWith('sec-websocket-')) continue
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      return undefined
    }
    lines.push(`${name}: ${value}`)
  }
  return lines
}

function protocolOf(headers: HeaderList): string {
  return headers.find(([name]) => name === 'sec-websocket-protocol')?.[1] ?? ''
}
