// Host names and paths that are routed to workers, besides the names workers have of themselves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoutePatterns } from '../../src/host/routing/route-patterns.ts'
import { callApi } from '../support/admin-api.ts'
import { answering, startFleet } from '../support/fleet.ts'

test('the longest pattern of the nearest host name wins', () => {
  const patterns = new RoutePatterns()
  const route = (pattern: string, worker: string): { pattern: string; tenant: string; worker: string } => ({
    pattern,
    tenant: 't',
    worker,
  })
  patterns.setAll([
    route('example.com/*', 'site'),
    route('example.com/api/*', 'api'),
    route('example.com/api/exact', 'exact'),
    route('*.example.com/*', 'any'),
    route('a.example.com', 'a'),
  ])
  const found = (url: string): string | undefined => patterns.find(url)?.worker
  assert.equal(found('http://example.com/'), 'site')
  assert.equal(found('http://example.com:8787/api/x?y=/z'), 'api')
  assert.equal(found('http://example.com/api/exact'), 'exact')
  assert.equal(found('http://example.com/api/exact?q'), 'exact')
  assert.equal(found('http://example.com/apix'), 'site')
  assert.equal(found('http://b.example.com/'), 'any')
  assert.equal(found('http://c.b.example.com/'), 'any')
  assert.equal(found('http://A.example.com/'), 'a')
  assert.equal(found('http://b.a.example.com/'), 'any')
  assert.equal(found('http://notexample.com/'), undefined)
})

test('a real server: set, conflicts, removal', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  const { adminPort } = fleet.serve
  const put = (worker: string, routes: readonly string[]): ReturnType<typeof callApi> =>
    callApi(adminPort, `PUT /api/workers/${worker}/routes`, { routes })
  const at = async (host: string, path: string): Promise<string> => (await fleet.serve.get('any', path, { host })).text
  await fleet.deploy({ tenant: 'default', worker: 'site' }, answering('site'))
  await fleet.deploy({ tenant: 'acme', worker: 'api' }, answering('api'))
  assert.equal((await put('default/site', ['example.com/*'])).status, 200)
  assert.equal(await at('example.com', '/x'), 'site')
  assert.match(await at('other.example', '/x'), /No worker answers at this host name/)

  const stolen = await put('acme/api', ['example.com/api/*'])
  assert.deepEqual([stolen.status, stolen.body.error.code], [409, 'ROUTE_CONFLICT'])
  assert.equal((await put('acme/api', ['sub.example.com'])).status, 409)
  assert.equal((await put('acme/api', ['acme.example/v1/*', '*.acme.example'])).status, 200)
  assert.equal(await at('acme.example', '/v1/x'), 'api')
  assert.equal(await at('deep.acme.example', '/'), 'api')
  assert.equal((await put('default/other', ['example.com/*'])).status, 409)
  for (const wrong of ['', '/', 'ex ample.com', 'http://example.com', 'example.com/*/x*', '*', 'a..b']) {
    assert.equal((await put('default/site', [wrong])).status, 400, wrong)
  }
  await callApi(adminPort, 'DELETE /api/workers/default/site')
  assert.match(await at('example.com', '/x'), /No worker answers at this host name/)
  assert.deepEqual(
    (await callApi(adminPort, 'GET /api/routes')).body.routes.map(({ pattern }: { pattern: string }) => pattern),
    ['*.acme.example/*', 'acme.example/v1/*'],
  )
})
