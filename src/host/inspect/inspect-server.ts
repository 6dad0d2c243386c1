// The door for debuggers, as Node's own has it: a list of what can be debugged, and a WebSocket for each. Whoever gets in
// may run code in the workers. It is on loopback, which keeps no web page out, so the Host header must name this machine
// (against DNS rebinding), and a page is refused by its Origin.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { IsopodError } from '../../errors.ts'
import type { PreparedVersion } from '../../instance/prepared-version.ts'
import type { Inspector } from '../../instance/services.ts'
import type { EngineIsolate } from '../../isolate/engine-isolate.ts'
import { InspectTarget } from './inspect-target.ts'

const ADDRESS = '127.0.0.1'
const LOOPBACK_NAMES = new Set([ADDRESS, 'localhost', '[::1]'])
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
const TARGET_GONE = 1001

export class InspectServer implements Inspector, AsyncDisposable {
  readonly #folder: string
  readonly #server = http.createServer((request, response) => this.#answer(request, response))
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  #targets: InspectTarget[] = []

  /** @param folder - what names of sources in bundles are relative to */
  constructor(folder: string) {
    this.#folder = folder
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      const target = this.#find(request.url)
      const status = isAdmitted(request) ? '404 Not Found' : '403 Forbidden'
      if (target === undefined || !isAdmitted(request)) {
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
        return
      }
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => connect(webSocket, target))
    })
  }

  loading(isolate: EngineIsolate, prepared: PreparedVersion): void {
    this.#targets = [new InspectTarget(isolate, prepared, this.#folder), ...this.#present()]
  }

  /**
   * Returns the port.
   *
   * @throws IsopodError `PORT_IN_USE`
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const isInUse = error.code === 'EADDRINUSE'
        reject(
          isInUse ? new IsopodError('PORT_IN_USE', `Port ${port} of ${ADDRESS} is in use by another process.`) : error,
        )
      })
      this.#server.listen(port, ADDRESS, () => resolve((this.#server.address() as AddressInfo).port))
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const webSocket of this.#sockets.clients) webSocket.terminate()
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  #present(): InspectTarget[] {
    return this.#targets.filter(({ isGone }) => !isGone)
  }

  #find(path = ''): InspectTarget | undefined {
    return this.#present().find(({ id }) => path === `/${id}`)
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const path = (request.url ?? '').split('?', 1)[0]?.replace(/\/$/, '')
    if (!isAdmitted(request)) {
      response.writeHead(403).end('This port does not answer to this Host, or to pages of this Origin.\n')
    } else if (path === '/json/version') {
      sendJson(response, { Browser: `node.js/${process.version}`, 'Protocol-Version': '1.3' })
    } else if (path === '/json' || path === '/json/list') {
      // The latest first: a debugger that takes any takes that.
      sendJson(
        response,
        this.#present().map((target) => describe(target, request.headers.host ?? '')),
      )
    } else {
      response.writeHead(404).end()
    }
  }
}

function isAdmitted({ headers: { host = '', origin } }: http.IncomingMessage): boolean {
  if (!LOOPBACK_NAMES.has(host.replace(/:\d+$/, '').toLowerCase())) return false
  return origin === undefined || origin.startsWith('devtools://')
}

function connect(webSocket: WebSocket, target: InspectTarget): void {
  const session = target.attach({
    send: (message) => webSocket.send(message),
    closed: () => webSocket.close(TARGET_GONE, 'The worker was replaced.'),
  })
  if (session === undefined) {
    webSocket.close(TARGET_GONE)
    return
  }
  webSocket.on('message', (data: Buffer) => session.receive(data.toString()))
  // The close that follows says the rest.
  webSocket.on('error', () => undefined)
  webSocket.on('close', () => session[Symbol.dispose]())
}

/** In the shape that Chrome and editors read: https://chromedevtools.github.io/devtools-protocol/#endpoints */
function describe({ id, title }: InspectTarget, host: string): object {
  const place = `${host}/${id}`
  return {
    description: 'Isopod worker',
    devtoolsFrontendUrl: `devtools://devtools/bundled/js_app.html?experiments=true&v8only=true&ws=${place}`,
    id,
    title,
    type: 'node',
    url: `isopod://${title.replace(/ .*/, '')}/`,
    webSocketDebuggerUrl: `ws://${place}`,
  }
}

function sendJson(response: http.ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-cache' })
  response.end(JSON.stringify(value))
}
