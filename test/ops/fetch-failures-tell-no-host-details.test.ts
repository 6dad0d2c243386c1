import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { test } from 'node:test'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

async function rawServer(onConnection: (socket: Socket) => void): Promise<AsyncDisposable & { host: string }> {
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => onConnection(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const ANSWERS: readonly [what: string, answer: string, why: string][] = [
  ['closes at once', '', 'the connection was closed too early'],
  ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 'the response is not valid HTTP'],
  [
    'sends both framings',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'the response has not the length it announced',
  ],
  [
    'sends endless headers',
    `HTTP/1.1 200 OK\r\n${'X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(1000)}`,
    'the response headers are too large',
  ],
]

for (const [what, answer, why] of ANSWERS) {
  test(`a server that ${what}`, async () => {
    await using server = await rawServer((socket) => socket.end(answer))
    await using fetcher = localFetcher()
    await assert.rejects(fetcher.start(get(`http://${server.host}/`), limits(), NEVER), {
      name: 'TypeError',
      message: `fetch to ${server.host} failed: ${why}.`,
    })
  })
}

test('a server that is not there', async () => {
  const server = await rawServer(() => {})
  await server[Symbol.asyncDispose]()
  await using fetcher = localFetcher()
  await assert.rejects(fetcher.start(get(`http://${server.host}/`), limits(), NEVER), {
    message: `fetch to ${server.host} failed: the connection was refused.`,
  })
})

test('a body that ends before its length', async () => {
  await using server = await rawServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
  )
  await using fetcher = localFetcher()
  const { body } = await fetcher.start(get(`http://${server.host}/`), limits(), NEVER)
  await assert.rejects(readText(body), { name: 'TypeError', message: new RegExp(`^fetch to ${server.host} failed: `) })
})

test('a body that goes silent', async () => {
  await using origin = await startOrigin((_request, response) => response.write('and then'))
  await using fetcher = localFetcher({ idleBodyTimeoutMs: 100 })
  const { body } = await fetcher.start(get(origin.url), limits(), NEVER)
  await assert.rejects(readText(body), { message: /no data arrived for too long/ })
  await origin.allClosed()
})

test('a host that does not answer the connection', async () => {
  await using fetcher = localFetcher({ lookup: () => {}, connectTimeoutMs: 50 })
  await assert.rejects(fetcher.start(get('http://slow.example/'), limits(), NEVER), {
    message: 'fetch to slow.example failed: connecting took too long.',
  })
})
