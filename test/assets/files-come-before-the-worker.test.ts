import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, type RequestOptions } from '../support/cli.ts'
import { startSite } from '../support/site.ts'

const CONTENTS = { '/index.html': 'app', '/404.html': 'none here', '/a.txt': 'a', '/large': Buffer.alloc(200_000, 'x') }
/** Asks for the file where the path begins with `/ask`. */
const WORKER = `export default { async fetch(request, env) {
  const url = new URL(request.url)
  if (!url.pathname.startsWith('/ask')) return new Response('worker ' + request.method)
  const { status, headers, body } = await env.ASSETS.fetch(new Request(new URL(url.pathname.slice(4), url), request))
  return new Response(body, { status, headers: [...headers, ['x-length', headers.get('content-length') ?? 'none']] })
} }`
const NAVIGATION = { headers: { 'sec-fetch-mode': 'navigate' } }

function short({ status, text }: Answer): string {
  return `${status} ${text}`
}

test('what no file answers the worker does', async () => {
  await using site = await startSite(CONTENTS, { worker: WORKER, notFound: 'single-page-application' })
  assert.equal(short(await site.get('/a.txt')), '200 a')
  assert.equal(short(await site.get('/')), '200 app')
  assert.equal(short(await site.get('/route', NAVIGATION)), '200 app')
  assert.equal(site.records.length, 0)
  assert.equal(short(await site.get('/route')), '200 worker GET')
  assert.equal(short(await site.get('/a.txt', { method: 'POST' })), '200 worker POST')
  assert.equal(short(await site.get('/%ff', NAVIGATION)), '200 worker GET')
  assert.equal(site.records.length, 3)
})

test('a navigation gets the 404 page, other requests the worker', async () => {
  await using site = await startSite(CONTENTS, { worker: WORKER, notFound: '404-page' })
  assert.equal(short(await site.get('/route', NAVIGATION)), '404 none here')
  assert.equal(short(await site.get('/route')), '200 worker GET')
})

test('the worker comes first where it is to', async () => {
  await using site = await startSite(CONTENTS, { worker: WORKER, workerFirst: true, notFound: '404-page' })
  assert.equal(short(await site.get('/a.txt')), '200 worker GET')
  assert.equal(short(await site.get('/ask/a.txt')), '200 a')
  assert.equal(short(await site.get('/route', NAVIGATION)), '200 worker GET')
})

test('through its binding a worker gets what a client would', async () => {
  await using alone = await startSite(CONTENTS, { notFound: '404-page' })
  await using asking = await startSite(CONTENTS, { notFound: '404-page', worker: WORKER })
  const etag = (await alone.get('/a.txt')).headers.etag ?? ''
  const requests: readonly [path: string, options: RequestOptions][] = [
    ['/a.txt', {}],
    ['/a.txt', { method: 'HEAD' }],
    ['/a.txt', { method: 'POST', body: 'some' }],
    ['/a.txt', { headers: { 'if-none-match': etag } }],
    ['/large', { headers: { range: 'bytes=65530-65545' } }],
    ['/large', { headers: { range: 'bytes=200000-' } }],
    ['/large', {}],
    ['/nowhere', {}],
  ]
  for (const [path, options] of requests) {
    const direct = await alone.get(path, options)
    const asked = await asking.get(`/ask${path}`, options)
    assert.equal(short(asked), short(direct), path)
    for (const name of ['etag', 'content-type', 'content-range', 'allow', 'cache-control']) {
      assert.equal(asked.headers[name], direct.headers[name], `${name} of ${path}`)
    }
    if (direct.status !== 304) assert.equal(asked.headers['x-length'], direct.headers['content-length'])
  }
})

test('a content that cannot be had is an answer to try again', async () => {
  await using site = await startSite(CONTENTS, {
    worker: WORKER,
    read: () => Promise.reject(new Error('The static file did not arrive in time. Try again.')),
  })
  const { headers, status, json } = await site.get('/a.txt')
  assert.deepEqual([status, headers['retry-after']], [503, '1'])
  assert.deepEqual(json(), {
    error: { code: 'VERSION_UNAVAILABLE', message: 'The static file did not arrive in time. Try again.' },
  })
  assert.equal((await site.get('/ask/a.txt')).status, 500)
})
