// Two HTTP servers workers may reach for. The bait stands where no worker may go, and counts who came. The other one the
// operator has allowed; what it answers is hostile.
import http from 'node:http'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'

/** Loopback, but not the address the server itself listens on: allowed alone, it opens nothing else. */
export const ORIGIN_ADDRESS = '127.0.0.2'

export interface Origins extends AsyncDisposable {
  readonly baitPort: number
  readonly originPort: number
  /** Connections, since the last call. */
  takeBaitHits(): number
  /** Requests, since the last call. */
  takeOriginHits(): number
}

export async function startOrigins(): Promise<Origins> {
  const baitHits = new Counter()
  const originHits = new Counter()
  const bait = http.createServer((_request, response) => response.end('the bait'))
  const bait6 = http.createServer((_request, response) => response.end('the bait'))
  for (const server of [bait, bait6]) server.on('connection', () => baitHits.add())
  const origin = http.createServer((request, response) => {
    originHits.add()
    answer(request, response, baitPort)
  })
  const baitPort = await listen(bait, '127.0.0.1', 0)
  // A machine without IPv6 has nothing to reach there.
  await listen(bait6, '::1', baitPort).catch(() => undefined)
  const originPort = await listen(origin, ORIGIN_ADDRESS, 0)
  return {
    baitPort,
    originPort,
    takeBaitHits: () => baitHits.take(),
    takeOriginHits: () => originHits.take(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(
        [bait, bait6, origin].map(async (server) => {
          server.closeAllConnections()
          await new Promise((resolve) => server.close(resolve))
        }),
      )
    },
  }
}

class Counter {
  #count = 0

  add(): void {
    this.#count += 1
  }

  take(): number {
    const count = this.#count
    this.#count = 0
    return count
  }
}

async function listen(server: http.Server, host: string, port: number): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const ZEROS = Buffer.alloc(16 * 1024 * 1024)

function answer(request: http.IncomingMessage, response: http.ServerResponse, baitPort: number): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://origin')
  request.resume()
  switch (pathname) {
    case '/gzip-bomb': {
      // Members of a gzip file may follow one another: 16 KB on the wire are 16 MB each.
      const member = gzipSync(ZEROS)
      response.writeHead(200, { 'content-encoding': 'gzip' })
      for (let i = 0; i < 256; i += 1) response.write(member)
      response.end()
      return
    }
    case '/nested-gzip-bomb':
      response.writeHead(200, { 'content-encoding': 'gzip, gzip, gzip' })
      response.end(gzipSync(gzipSync(gzipSync(ZEROS))))
      return
    case '/endless':
      response.on('drain', () => response.write(ZEROS.subarray(0, 65_536)))
      response.write(ZEROS.subarray(0, 65_536))
      response.write(ZEROS.subarray(0, 65_536))
      return
    case '/redirect':
      response.writeHead(302, { location: searchParams.get('to')?.replaceAll('BAIT', String(baitPort)) ?? '/' }).end()
      return
    case '/redirect-loop':
      response.writeHead(302, { location: '/redirect-loop' }).end()
      return
    case '/many-headers':
      response.writeHead(200, Array.from({ length: 20_000 }, (_, i) => [`x-${i}`, 'v']).flat()).end()
      return
    case '/never':
      return
    default:
      response.end('the origin')
  }
}
