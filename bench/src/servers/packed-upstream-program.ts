import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

const rows = Array.from({ length: 200_000 }, (_, id) => ({ id, square: id * id }))
const packed = gzipSync(Buffer.from(JSON.stringify(rows)))

const server = createServer(({ url }, response) => {
  if (url !== '/packed') response.setHeader('content-encoding', 'gzip')
  response.end(packed)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
