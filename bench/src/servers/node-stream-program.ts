import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { PIECE_BYTES, STREAM_BYTES } from './stream-worker.ts'

const piece = Buffer.alloc(PIECE_BYTES, 65)

function* pieces(): Generator<Buffer> {
  for (let left = STREAM_BYTES / PIECE_BYTES; left > 0; left -= 1) yield Buffer.from(piece)
}

const server = createServer((_request, response) => {
  Readable.from(pieces(), { highWaterMark: 4 }).pipe(response)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
