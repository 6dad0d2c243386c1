import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ANSWERS_AFTER_MS, TOGETHER } from './slow-upstream.ts'

/** Those that are answered when there are enough of them. */
let together: ServerResponse[] = []

const server = createServer((request, response) => {
  const answer = (): void => void setTimeout(() => response.end('slow'), ANSWERS_AFTER_MS)
  if (request.url !== '/together') return answer()
  together.push(response)
  if (together.length < TOGETHER) return
  for (const waiting of together) setTimeout(() => waiting.end('slow'), ANSWERS_AFTER_MS)
  together = []
})
// A thousand clients may connect before one is accepted.
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
