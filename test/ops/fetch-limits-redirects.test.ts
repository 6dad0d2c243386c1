import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, limits, localFetcher, NEVER, startOrigin } from '../support/origin.ts'

test('a redirect loop ends after 20 redirects', async () => {
  let requests = 0
  await using origin = await startOrigin((_request, response) => {
    requests += 1
    response.writeHead(302, { location: '/' }).end()
  })
  await using fetcher = localFetcher()
  await assert.rejects(fetcher.start(get(origin.url), limits(), NEVER), {
    name: 'TypeError',
    message: 'The server redirects more than 20 times.',
  })
  assert.equal(requests, 21)
})

test('every redirect is one subrequest more, and the task may run out of them', async () => {
  let requests = 0
  await using origin = await startOrigin((_request, response) => {
    requests += 1
    response.writeHead(302, { location: '/' }).end()
  })
  await using fetcher = localFetcher()
  let left = 3
  const limited = limits({ onRedirect: () => left-- > 0 })
  await assert.rejects(fetcher.start(get(origin.url), limited, NEVER), { code: 'SUBREQUEST_LIMIT' })
  assert.equal(requests, 4)
})

test('redirect: "error" refuses a redirect, with or without Location', async () => {
  await using origin = await startOrigin((request, response) =>
    response.writeHead(302, request.url === '/' ? { location: '/x' } : {}).end(),
  )
  await using fetcher = localFetcher()
  for (const path of ['/', '/bare']) {
    const request = get(origin.url + path, { redirect: 'error' })
    await assert.rejects(fetcher.start(request, limits(), NEVER), { name: 'TypeError', message: /redirect: "error"/ })
  }
})

test('redirect: "manual" hands the redirect to the worker', async () => {
  await using origin = await startOrigin((_request, response) =>
    response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
  )
  await using fetcher = localFetcher()
  const response = await fetcher.start(get(origin.url, { redirect: 'manual' }), limits(), NEVER)
  assert.equal(response.status, 302)
  assert.equal(response.redirected, false)
  assert.ok(response.headers.some(([name, value]) => name.toLowerCase() === 'location' && value === 'http://10.0.0.1/'))
})

test('a Location nobody can follow fails', async () => {
  let location: string[] = []
  await using origin = await startOrigin((_request, response) =>
    response.setHeader('location', location).writeHead(302).end(),
  )
  await using fetcher = localFetcher()
  const places = [
    'http://',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hi',
    'http://a:b@example.com/',
    'http://x:25/',
  ]
  for (location of [...places.map((place) => [place]), ['/a', '/b']]) {
    await assert.rejects(fetcher.start(get(origin.url), limits(), NEVER), { name: 'TypeError' }, String(location))
  }
})
