// A real server on 127.0.0.1 for a worker's fetch to talk to, and fetchers that may reach it.
import { once } from 'node:events'
import http from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'
import { createFetcher } from '../../src/ops/fetch.ts'
import type { Fetcher, FetcherOptions, SubrequestInit, SubrequestLimits } from '../../src/ops/fetch.ts'
import type { ByteSource } from '../../src/task.ts'

export interface Origin extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>
  /** Connections that were ever made. */
  readonly connections: () => number
  /** Resolves once no connection is open. */
  allClosed(): Promise<void>
}

export async function startOrigin(listener: RequestListener, address = '127.0.0.1'): Promise<Origin> {
  const server = http.createServer({ keepAliveTimeout: 60_000 }, listener)
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await once(server.listen(0, address), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${address}:${port}`,
    port,
    sockets,
    connections: () => connections,
    async allClosed() {
      await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A fetcher that may reach 127.0.0.1, and nothing else that is private. */
export function localFetcher(options: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({ guard: createNetworkGuard({ operator: { allow: ['127.0.0.1/32'] } }), ...options })
}

export const NEVER: AbortSignal = new AbortController().signal

export function get(url: string, init: Partial<SubrequestInit> = {}): SubrequestInit {
  return { method: 'GET', url, headers: [], redirect: 'follow', ...init }
}

export function limits(override: Partial<SubrequestLimits> = {}): SubrequestLimits {
  return { maxBodyBytes: 1024 * 1024, ...override }
}

export async function readText(source: ByteSource | undefined): Promise<string> {
  const chunks: Uint8Array[] = []
  for (let chunk = await source?.read(); chunk !== undefined; chunk = await source?.read()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
