import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubrequestInit } from '../../src/ops/fetch.ts'
import { get, limits, localFetcher, NEVER, startOrigin } from '../support/origin.ts'

const REFUSED: readonly SubrequestInit[] = [
  ...[
    'file:///etc/passwd',
    'data:text/plain,x',
    'ftp://example.com/',
    'unix:/run/x.sock',
    'blob:null/1',
    'javascript:1',
  ].map((url) => get(url)),
  ...['', '/relative', 'http://', 'http://a b/', 'http://user@example.com/', 'http://:pass@example.com/'].map((url) =>
    get(url),
  ),
  ...['http://example.com:25/', 'https://example.com:6667/', 'http://example.com:22/'].map((url) => get(url)),
  ...['CONNECT', 'connect', 'TRACE', 'track', '', 'GET /x', 'GET\r\nX: y', 'G\u00c9T'].map((method) =>
    get('http://127.0.0.1/', { method }),
  ),
  ...['GET', 'HEAD', 'head'].map((method) => get('http://127.0.0.1/', { method, body: 'x' })),
]

test('what is not an http request is a TypeError', async () => {
  await using fetcher = localFetcher()
  for (const request of REFUSED) {
    await assert.rejects(
      fetcher.start(request, limits(), NEVER),
      { name: 'TypeError' },
      `${request.method} ${request.url}`,
    )
  }
})

test('the well-known methods are sent in upper case, others as they are', async () => {
  const methods: (string | undefined)[] = []
  await using origin = await startOrigin((request, response) => {
    methods.push(request.method)
    response.end()
  })
  await using fetcher = localFetcher()
  for (const method of ['get', 'head', 'Options', 'delete', 'PATCH', 'PROPFIND']) {
    await fetcher.start(get(origin.url, { method }), limits(), NEVER)
  }
  assert.deepEqual(methods, ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'PROPFIND'])
})
