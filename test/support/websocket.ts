// A runtime behind a port, and clients that speak WebSocket to it.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { HttpIngress } from '../../src/host/http/http-ingress.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { startRuntime, type TestRuntime } from './runtime.ts'

export interface SocketServer extends TestRuntime {
  readonly port: number
  readonly ingress: HttpIngress
  /** What the worker's `events` holds, once it holds as many. */
  events(worker: string, count: number): Promise<readonly unknown[]>
  /** A client whose handshake is over. */
  connect(worker: string, path?: string, protocols?: string[]): Promise<TestClient>
}

export interface Closing {
  readonly code: number
  readonly reason: string
}

/** A client that keeps what it hears. */
export interface TestClient {
  readonly ws: WebSocket
  /** The next message, text or bytes. */
  next(): Promise<string | Buffer>
  /** Resolves once the connection is closed. */
  readonly closed: Promise<Closing>
}

export async function startSocketServer(options: RuntimeOptions = {}): Promise<SocketServer> {
  const started = startRuntime(options)
  const ingress = new HttpIngress(started.runtime)
  await ingress.listen({ port: 0 })
  const { port } = ingress.address
  return {
    ...started,
    ingress,
    port,
    async events(worker, count) {
      for (;;) {
        const events = JSON.parse((await started.fetch(worker)).text) as unknown[]
        if (events.length >= count) return events
        await setImmediate()
      }
    },
    connect: (worker, path = '/', protocols = []) => connectTo(port, `${worker}.localhost`, path, protocols),
    async [Symbol.asyncDispose]() {
      await ingress.close()
      await started.runtime.close()
    },
  }
}

export async function connectTo(
  port: number,
  host: string,
  path: string = '/',
  protocols: string[] = [],
): Promise<TestClient> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers: { host } })
  const client = testClient(ws)
  await once(ws, 'open')
  return client
}

function testClient(ws: WebSocket): TestClient {
  const heard: (string | Buffer)[] = []
  let wake: (() => void) | undefined
  const closed = new Promise<Closing>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  ws.on('error', () => undefined)
  ws.on('message', (data, isBinary) => {
    heard.push(isBinary ? (data as Buffer) : (data as Buffer).toString())
    wake?.()
  })
  void closed.then(() => wake?.())
  return {
    ws,
    closed,
    async next() {
      for (;;) {
        const first = heard.shift()
        if (first !== undefined) return first
        if (ws.readyState === ws.CLOSED) throw new Error('the connection is closed')
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}

/** A connection that has asked for a WebSocket, and then says what the test says: bytes of frames. */
export async function rawClient(port: number, host: string, path: string = '/'): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  if (!head.toString('latin1').startsWith('HTTP/1.1 101 ')) throw new Error(head.toString('latin1'))
  return socket
}

/** A masked frame, with a mask of zeros. */
export function frame(first: number, payload: Uint8Array): Buffer {
  const { length } = payload
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([first, ...size, 0, 0, 0, 0]), payload])
}

/**
 * A worker that answers with a WebSocket where one is asked for, and with what `events` holds to other requests.
 *
 * @param body - in which `socket` is the worker's end, not accepted yet; it returns nothing
 */
export function socketWorker(body: string): string {
  return `const events = []
export default {
  async fetch(request, env, ctx) {
    if (request.headers.get('upgrade') !== 'websocket') return Response.json(events)
    const [client, socket] = Object.values(new WebSocketPair())
    socket.addEventListener('close', ({ code, reason, wasClean }) => events.push([code, reason, wasClean]))
    ${body}
    return new Response(null, { status: 101, webSocket: client })
  },
}`
}

export const ECHO: string = socketWorker(`
  socket.accept()
  socket.addEventListener('message', ({ data }) => socket.send(data))`)
