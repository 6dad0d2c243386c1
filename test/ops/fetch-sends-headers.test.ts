import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeaderList } from '../../src/task.ts'
import type { Fetcher } from '../../src/ops/fetch.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

async function arrived(fetcher: Fetcher, url: string, headers: HeaderList): Promise<Record<string, string[]>> {
  const response = await fetcher.start(get(url, { method: 'POST', headers, body: 'body' }), limits(), NEVER)
  return JSON.parse(await readText(response.body))
}

test('a line break, or anything else that is not one character of text, cannot get into a header', async () => {
  await using origin = await startOrigin((_request, response) => response.end())
  await using fetcher = localFetcher()
  const bad: readonly [string, string][] = [
    ...['a\r\nX-Injected: 1', 'a\nb', 'a\rb', 'a\0b', 'a\x7f', 'a\x01', 'snow\u2603', 'a\u010a'].map(
      (value): [string, string] => ['x-a', value],
    ),
    ...['', 'a b', 'a:b', 'a\r\nX-Injected', 'a\n', 'é', '\0'].map((name): [string, string] => [name, 'value']),
  ]
  for (const header of bad) {
    await assert.rejects(
      fetcher.start(get(origin.url, { headers: [header] }), limits(), NEVER),
      { name: 'TypeError' },
      JSON.stringify(header),
    )
  }
  assert.equal(origin.connections(), 0)
})

test("headers that frame the message or manage the connection are not the worker's", async () => {
  await using origin = await startOrigin((request, response) => response.end(JSON.stringify(request.headersDistinct)))
  await using fetcher = localFetcher()
  const headers = await arrived(fetcher, origin.url, [
    ['Connection', 'close, x-kept'],
    ['Content-Length', '1000'],
    ['content-length', '3'],
    ['Transfer-Encoding', 'chunked'],
    ['Expect', '100-continue'],
    ['Host', 'somewhere.else'],
    ['Keep-Alive', 'timeout=1'],
    ['TE', 'trailers'],
    ['Trailer', 'x'],
    ['Upgrade', 'websocket'],
    ['Proxy-Authorization', 'Basic x'],
    ['Proxy-Connection', 'close'],
    ['X-Kept', 'yes'],
  ])
  assert.deepEqual(headers['host'], [new URL(origin.url).host])
  assert.deepEqual(headers['content-length'], ['4'])
  assert.deepEqual(headers['connection'], ['keep-alive'])
  assert.deepEqual(headers['x-kept'], ['yes'])
  assert.deepEqual(Object.keys(headers).toSorted(), [
    'accept',
    'accept-encoding',
    'accept-language',
    'connection',
    'content-length',
    'host',
    'user-agent',
    'x-kept',
  ])
})

test('defaults are for headers the worker did not set', async () => {
  await using origin = await startOrigin((request, response) => response.end(JSON.stringify(request.headersDistinct)))
  await using fetcher = localFetcher()
  const defaults = await arrived(fetcher, origin.url, [])
  assert.deepEqual(defaults['accept'], ['*/*'])
  assert.deepEqual(defaults['accept-encoding'], ['gzip, deflate, br'])
  assert.deepEqual(defaults['user-agent'], ['Isopod'])
  const own = await arrived(fetcher, origin.url, [
    ['ACCEPT', 'text/html'],
    ['Accept-Encoding', 'identity'],
    ['User-Agent', ''],
  ])
  assert.deepEqual([own['accept'], own['accept-encoding'], own['user-agent']], [['text/html'], ['identity'], ['']])
})

test('a part of a body is asked for unencoded', async () => {
  await using origin = await startOrigin((request, response) => response.end(JSON.stringify(request.headersDistinct)))
  await using fetcher = localFetcher()
  assert.deepEqual((await arrived(fetcher, origin.url, [['Range', 'bytes=0-9']]))['accept-encoding'], ['identity'])
})

test('repeated headers, and bytes above ASCII, arrive as they are in both directions', async () => {
  await using origin = await startOrigin((request, response) => {
    response.writeHead(
      200,
      'Fine',
      [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['X-Latin', request.headers['x-latin'] ?? ''],
      ].flat(),
    )
    response.end(JSON.stringify(request.headersDistinct))
  })
  await using fetcher = localFetcher()
  const headers = [
    ['X-Two', '1'],
    ['X-Two', '2'],
    ['X-Latin', 'caf\u00e9'],
  ] as const
  const response = await fetcher.start(get(origin.url, { headers }), limits(), NEVER)
  assert.equal(response.statusText, 'Fine')
  assert.deepEqual(JSON.parse(await readText(response.body))['x-two'], ['1', '2'])
  const received = response.headers.filter(
    ([name]) => !['Date', 'Connection', 'Keep-Alive', 'Transfer-Encoding'].includes(name),
  )
  assert.deepEqual(received, [
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
    ['X-Latin', 'caf\u00e9'],
  ])
})
