import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fromBytes } from '../../src/ops/byte-source.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

/** `/<status>` redirects to `/end`, which tells what it got. */
async function redirecting(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const status = Number(request.url?.slice(1))
  if (status > 0) response.writeHead(status, { location: '/end' }).end('a body to be dropped')
  else
    response.end(
      JSON.stringify({ method: request.method, body, type: request.headers['content-type'], url: request.url }),
    )
}

const expected: readonly [status: number, method: string, then: string][] = [
  ...([301, 302, 303, 307, 308] as const).map((status): [number, string, string] => [status, 'GET', 'GET']),
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'POST', 'POST'],
  [301, 'PUT', 'PUT'],
  [302, 'DELETE', 'DELETE'],
  [303, 'PUT', 'GET'],
  [307, 'PATCH', 'PATCH'],
]

for (const [status, method, then] of expected) {
  test(`${method} redirected by ${status} becomes ${then}`, async () => {
    await using origin = await startOrigin(redirecting)
    await using fetcher = localFetcher()
    const hasBody = method !== 'GET'
    const request = get(`${origin.url}/${status}`, {
      method,
      headers: [['Content-Type', 'text/x-test']],
      ...(hasBody ? { body: 'payload' } : {}),
    })
    const response = await fetcher.start(request, limits(), NEVER)
    const keeps = hasBody && then === method
    assert.deepEqual(JSON.parse(await readText(response.body)), {
      method: then,
      body: keeps ? 'payload' : '',
      ...(keeps || method === 'GET' ? { type: 'text/x-test' } : {}),
      url: '/end',
    })
    assert.equal(response.redirected, true)
    assert.equal(response.url, `${origin.url}/end`)
  })
}

test('HEAD stays HEAD after 303', async () => {
  const methods: (string | undefined)[] = []
  await using origin = await startOrigin((request, response) => {
    methods.push(request.method)
    if (request.url === '/') response.writeHead(303, { location: '/end' })
    response.end()
  })
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(`${origin.url}/`, { method: 'HEAD' }), limits(), NEVER)
  assert.equal(response.body, undefined)
  assert.deepEqual(methods, ['HEAD', 'HEAD'])
})

test('a streamed body is not sent twice: 307 fails, 303 needs no body', async () => {
  await using origin = await startOrigin(redirecting)
  await using fetcher = localFetcher()
  const post = (status: number) => get(`${origin.url}/${status}`, { method: 'POST', body: fromBytes('payload') })
  await assert.rejects(fetcher.start(post(307), limits(), NEVER), {
    name: 'TypeError',
    message: /streamed request body/,
  })
  const response = await fetcher.start(post(303), limits(), NEVER)
  assert.equal(JSON.parse(await readText(response.body)).method, 'GET')
})

test('the fragment is inherited unless the new URL has its own', async () => {
  let location = ''
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/') response.writeHead(302, { location })
    response.end()
  })
  await using fetcher = localFetcher()
  for (const [to, url] of [
    ['/a?b', '/a?b#mine'],
    ['/a#theirs', '/a#theirs'],
  ] as const) {
    location = to
    assert.equal((await fetcher.start(get(`${origin.url}/#mine`), limits(), NEVER)).url, origin.url + url)
  }
})

test('a Location in UTF-8 is read as UTF-8', async () => {
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/')
      response.socket?.end('HTTP/1.1 302 Found\r\nLocation: /caf\u00e9\r\nContent-Length: 0\r\n\r\n', 'utf8')
    else response.end(request.url)
  })
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(`${origin.url}/`), limits(), NEVER)
  assert.equal(await readText(response.body), '/caf%C3%A9')
})

test('a redirect status without Location is the answer', async () => {
  await using origin = await startOrigin((_request, response) => response.writeHead(302).end('here'))
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(origin.url), limits(), NEVER)
  assert.equal(response.status, 302)
  assert.equal(response.redirected, false)
  assert.equal(await readText(response.body), 'here')
})

test('the connection of a short redirect is used again, that of a long one is closed', async () => {
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/end') response.end('ok')
    else response.writeHead(302, { location: '/end' }).write('x'.repeat(request.url === '/long' ? 1_000_000 : 10))
    if (request.url === '/short') response.end()
  })
  await using fetcher = localFetcher()
  const short = await fetcher.start(get(`${origin.url}/short`), limits(), NEVER)
  assert.equal(await readText(short.body), 'ok')
  await setImmediate()
  const long = await fetcher.start(get(`${origin.url}/long`), limits(), NEVER)
  assert.equal(await readText(long.body), 'ok')
  await fetcher.close()
  await origin.allClosed()
})
