// The data port: one HTTP server in front of a runtime.
//
// Work goes in phases. A request is parsed by Node, and its task entered at once; what the task answers is only put on a
// list; the list is written when the turn ends. Going back and forth between V8 contexts and sockets for each request
// costs a third more CPU (measured: 33 → 21 µs).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import { IsopodError } from '../../errors.ts'
import { DIRECT_BODY_BYTES } from '../../instance/incoming-request.ts'
import { CUT_OFF } from '../../message-socket.ts'
import type { FetchRequest, HeaderList, TaskResult } from '../../task.ts'
import type { Destination, Router, SubmittedTask, WorkerAddress } from '../destination.ts'
import { writeJsonError, writeResult } from './http-response.ts'
import { refuseClient } from './refuse-client.ts'
import { collectSmallBody, requestBody } from './request-body.ts'
import { readFraming } from './request-framing.ts'
import { absoluteUrl, workerOfHost } from './request-url.ts'
import { asksForWebSocket, SocketUpgrades } from './socket-upgrades.ts'

export interface IngressOptions {
  readonly port: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Workers answer at `<worker>.<domain>`. Default `localhost`. */
  readonly domain?: string
}

const ASK_AFTER_MS = 30_000
/** How long a small body may take to arrive, where the worker's own limit is not known or longer. */
const SMALL_BODY_WITHIN_MS = 30_000

/** How long a connection on which nothing is asked is kept when the server closes. */
const LINGER_MS = 500

/** Host names remembered; anybody can invent more. */
const MAX_ADDRESSES = 10_000

/**
 * An HTTP server that answers for the workers of a runtime, each at `<worker>.<domain>`, or `<worker>.<tenant>.<domain>`.
 */
export class HttpIngress implements AsyncDisposable {
  readonly #router: Router
  readonly #server: Server
  readonly #domain: string
  readonly #addresses = new Map<string, WorkerAddress | undefined>()
  /** Connections close with the response they are at, instead of staying open for the next. */
  #closing = false
  readonly #upgrades = new SocketUpgrades()
  #answered: { readonly response: ServerResponse; readonly result: TaskResult }[] = []

  constructor(router: Router, domain = 'localhost') {
    this.#router = router
    this.#domain = domain
    // A missing Host header is refused here, in JSON as everything else. The kernel asks after clients that are silent,
    // so that one that has gone without a word is noticed on a quiet stream too.
    const options = {
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: ASK_AFTER_MS,
      requireHostHeader: false,
      // Requests for other protocols are answered as if they asked for none.
      shouldUpgradeCallback: asksForWebSocket,
    }
    this.#server = createServer(options, (request, response) => this.#handleInTurn(request, response))
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      const response = this.#upgrades.begin({ request, socket, head })
      if (response !== undefined) this.#handle(request, response)
    })
    this.#server.on('clientError', refuseClient)
  }

  get address(): AddressInfo {
    return this.#server.address() as AddressInfo
  }

  /** @throws IsopodError `PORT_IN_USE` */
  listen({ port, host = '127.0.0.1' }: IngressOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void => {
        const inUse = error.code === 'EADDRINUSE'
        reject(inUse ? new IsopodError('PORT_IN_USE', `Port ${port} of ${host} is in use by another process.`) : error)
      }
      this.#server.once('error', onError)
      this.#server.listen(port, host, () => {
        this.#server.removeListener('error', onError)
        resolve()
      })
    })
  }

  /** Accepts on a socket that somebody else holds; it stays open when this server closes. */
  listenOn(handle: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(handle, () => {
        this.#server.removeListener('error', reject)
        resolve()
      })
    })
  }

  /** Stops accepting, lets what runs finish, then closes. Returns how many connections it had to cut off after `limitMs`. */
  async close(limitMs = 0): Promise<number> {
    this.#closing = true
    // Their clients connect again, to whoever is there then.
    this.#upgrades.closeAll(1001, 'The server is going away.')
    const closed = new Promise<void>((resolve) => {
      // Not HTTP's own `close`, which cuts idle connections off at once: a request may be on its way on any of them. It is
      // answered, and told that the connection closes.
      NetServer.prototype.close.call(this.#server, () => resolve())
    })
    const lingered = setTimeout(() => this.#server.closeIdleConnections(), Math.min(LINGER_MS, limitMs))
    let cut = 0
    const timer = setTimeout(() => {
      // Nobody waited for these.
      const sockets = this.#upgrades.cutAll()
      this.#server.getConnections((_error, count) => {
        cut = Math.max(0, (count ?? 0) - sockets)
        this.#server.closeAllConnections()
      })
    }, limitMs)
    await closed
    clearTimeout(lingered)
    clearTimeout(timer)
    return cut
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** One at a time on each connection: who sends a thousand in one packet has no thousand of the host's turns at once. */
  #handleInTurn(request: IncomingMessage, response: ServerResponse): void {
    // Node gives a response the socket when those before it are complete.
    if (response.socket === null) response.once('socket', () => this.#handle(request, response))
    else this.#handle(request, response)
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const framing = readFraming(request.rawHeaders)
    const url = framing.host === undefined ? undefined : absoluteUrl(framing.host, request.url ?? '')
    if (framing.host === undefined || url === undefined) {
      writeJsonError(response, {
        status: 400,
        code: 'INVALID_REQUEST',
        message: 'The request target or the Host header is not valid.',
      })
      return
    }
    const { patterns } = this.#router
    const routed = patterns === undefined || patterns.isEmpty ? undefined : patterns.find(url)
    const address = routed ?? this.#addressOf(framing.host)
    const destination = address === undefined ? undefined : this.#router.find(address)
    if (destination === undefined) {
      const message =
        address === undefined
          ? `No worker answers at this host name. Workers answer at http://<worker>.${this.#domain}.`
          : `There is no worker "${address.worker}".`
      writeJsonError(response, { status: 404, code: 'WORKER_NOT_FOUND', message })
      return
    }
    const { requestBodyBytes } = destination
    if (requestBodyBytes !== undefined && framing.contentLength > requestBodyBytes) {
      const message = `Request body limit: the body has ${framing.contentLength} of the ${requestBodyBytes} bytes it may have. Send less, or raise the limit "requestBodyBytes".`
      writeJsonError(response, { status: 413, code: 'REQUEST_TOO_LARGE', message })
      return
    }
    const { method = 'GET', rawHeaders } = request
    const head = { method, url, headers: () => pairs(rawHeaders), client: () => request.socket.remoteAddress }
    if (!framing.hasBody || method === 'GET' || method === 'HEAD') {
      this.#submit(destination, head, response)
    } else if (framing.isChunked || framing.contentLength > DIRECT_BODY_BYTES) {
      this.#submit(destination, { ...head, body: requestBody(request) }, response)
    } else {
      // A small body comes in the same packet or soon after: with it at hand the worker need not be entered twice.
      this.#collectThenSubmit(destination, head, { request, response })
    }
  }

  /** What a worker never sees has no other limit: a client that sends slowly must not hold a connection for ever. */
  #collectThenSubmit(
    destination: Destination,
    head: FetchRequest,
    { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  ): void {
    const withinMs = Math.min(SMALL_BODY_WITHIN_MS, destination.wallMs ?? SMALL_BODY_WITHIN_MS)
    const late = setTimeout(() => {
      const message = `The body did not arrive within ${withinMs} ms.`
      writeJsonError(response, { status: 408, code: 'INVALID_REQUEST', message })
    }, withinMs)
    request.once('close', () => clearTimeout(late))
    collectSmallBody(request, (body) => {
      clearTimeout(late)
      if (!response.headersSent) this.#submit(destination, { ...head, body }, response)
    })
  }

  #submit(destination: Destination, request: FetchRequest, response: ServerResponse): void {
    const caller = { settled: (result: TaskResult): void => this.#answer(response, result) }
    const task = destination.submit({ type: 'fetch', request }, caller)
    if (!task.isOver) followClient(task, response)
  }

  /** Clients name few hosts, again and again. */
  #addressOf(host: string): WorkerAddress | undefined {
    if (this.#addresses.has(host)) return this.#addresses.get(host)
    if (this.#addresses.size >= MAX_ADDRESSES) this.#addresses.clear()
    const address = workerOfHost(host, this.#domain)
    this.#addresses.set(host, address)
    return address
  }

  #answer(response: ServerResponse, result: TaskResult): void {
    if (this.#answered.length === 0) setImmediate(() => this.#writeAnswered())
    this.#answered.push({ response, result })
  }

  #writeAnswered(): void {
    const answered = this.#answered
    this.#answered = []
    for (const { response, result } of answered) {
      if (response.destroyed) {
        result.socket?.close(CUT_OFF, '')
        continue
      }
      if (result.socket !== undefined) {
        this.#upgrades.complete(response, { ...result, socket: result.socket })
        continue
      }
      if (this.#closing) response.shouldKeepAlive = false
      else if (typeof result.body === 'object' && 'read' in result.body) this.#closeAfterStream(response)
      writeResult(response, result)
    }
  }

  /** Its head has promised to keep the connection; the stream may end when that is no longer so. */
  #closeAfterStream(response: ServerResponse): void {
    const { socket } = response
    response.once('finish', () => {
      if (this.#closing) socket?.destroySoon()
    })
  }
}

function pairs(raw: readonly string[]): HeaderList {
  const list: [string, string][] = []
  for (let i = 0; i + 1 < raw.length; i += 2) list.push([raw[i] as string, raw[i + 1] as string])
  return list
}

/** A client that closes its connection before the response is complete has gone. */
function followClient(task: SubmittedTask, response: ServerResponse): void {
  response.once('close', () => {
    if (!response.writableFinished) task.abandon()
  })
}
