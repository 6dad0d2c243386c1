import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

const NETWORK = { allow: ['127.0.0.1'] }

/** Sends a piece every few milliseconds for as long as the connection is there. */
function drip(request: IncomingMessage, piece: () => void): void {
  const timer = setInterval(piece, 5)
  request.socket.on('close', () => clearInterval(timer))
}

const ENDLESS: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  'never comes': () => {},
  'has a head without end': ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nX-First: 1\r\n'),
  'has a head that comes byte by byte': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\nX-Long: ')
    drip(request, () => request.socket.write('a'))
  },
  'is announced for ever': (request) => drip(request, () => request.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')),
  'has a body that comes byte by byte': (request, response) => drip(request, () => response.write('a')),
  'has a compressed body that comes byte by byte': (request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    const member = gzipSync('')
    let sent = 0
    drip(request, () => response.write(member.subarray(sent % member.length, (sent++ % member.length) + 1)))
  },
  'redirects to one that never comes': ({ url }, response) => {
    // A connection that could serve again is kept for as long as this server says.
    if (url === '/') response.writeHead(302, { location: '/silence', connection: 'close' }).end()
  },
}

for (const [what, answer] of Object.entries(ENDLESS)) {
  test(`a response that ${what} ends with the task's wall time, and its connection too`, async () => {
    await using origin = await startOrigin(answer)
    await using t = startRuntime({ network: NETWORK })
    await t.load(
      'w',
      `export default {
        async fetch(request, env) {
          return new Response(request.url.endsWith('/ok') ? 'fine' : await (await fetch(env.origin)).text())
        },
      }`,
      { env: { origin: `${origin.url}/` }, limits: { wallMs: 150 } },
    )
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exceededWallTime', 'WALL_TIME_LIMIT'])
    await origin.allClosed()
    assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
    assert.equal((await t.fetch('w', '/ok')).text, 'fine')
  })
}

test('a gigabyte of zeros in a megabyte of gzip is stopped at the limit, and never in memory', async () => {
  const member = gzipSync(Buffer.alloc(8 * 1024 * 1024))
  await using origin = await startOrigin((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    for (let i = 0; i < 128; i++) response.write(member)
    response.end()
  })
  await using t = startRuntime({ network: NETWORK })
  const code = `export default async (url) => {
    const texts = []
    for (const read of [
      (response) => response.text(),
      (response) => response.arrayBuffer(),
      async (response) => { for await (const chunk of response.body) chunk.length },
    ]) texts.push(await fetch(url).then(read).then(() => 'read', (error) => error.name + ': ' + error.message))
    return texts
  }`
  const ask = async (worker: string): Promise<unknown> => {
    const { output, error } = await t.runtime.dispatch(worker, { type: 'execute', input: origin.url })
    assert.equal(error, undefined)
    return JSON.parse(output ?? 'null')
  }
  const maxBytes = 64 * 1024 * 1024
  await t.load('bounded', code, { limits: { subrequestBodyBytes: maxBytes, heapMb: 128, cpuMs: 5000 } })
  await t.load('small', code, { limits: { subrequestBodyBytes: maxBytes, heapMb: 32, cpuMs: 5000 } })
  const before = process.resourceUsage().maxRSS
  const limit = `Error: The response body is larger than the ${maxBytes} bytes a fetch may receive.`
  assert.deepEqual(await ask('bounded'), [limit, limit, limit])
  const heap = /^RangeError: .* larger than the 33554432 bytes/
  const [text, bytes, chunks] = (await ask('small')) as [string, string, string]
  assert.match(text, heap)
  assert.match(bytes, heap)
  assert.equal(chunks, limit)
  const grownMb = (process.resourceUsage().maxRSS - before) / 1024
  assert.ok(grownMb < 400, `memory grew by ${grownMb} MB`)
})
