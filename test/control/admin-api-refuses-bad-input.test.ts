import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { request, type RequestOptions } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const bundle = bundleSource(answering('here'))
const PUT = { method: 'PUT', headers: JSON_TYPE }
const WORKER = '/api/workers/default/app'
const version = JSON.stringify({ bundle })

const CASES: readonly [what: string, status: number, path: string, options: RequestOptions][] = [
  ['malformed JSON', 400, WORKER, { ...PUT, body: '{"bundle":' }],
  ['no body', 400, WORKER, PUT],
  ['a body that is no object', 400, WORKER, { ...PUT, body: '[]' }],
  ['a body that is null', 400, WORKER, { ...PUT, body: 'null' }],
  ['unknown fields', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle, bundel: 1 }) }],
  ['a bundle without its parts', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle: { script: '' } }) }],
  [
    'parts that are not parts',
    400,
    WORKER,
    { ...PUT, body: JSON.stringify({ bundle: { script: '', parts: { a: 1, b: null } } }) },
  ],
  ['a script that is no bundle', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle: { script: 'x', parts: {} } }) }],
  ['a limit that is none', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle, limits: { cpu: 1 } }) }],
  ['more warm instances than may be', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle, minWarm: 33 }) }],
  ['warm instances as text', 400, WORKER, { ...PUT, body: JSON.stringify({ bundle, minWarm: '1' }) }],
  [
    'a prototype for a limit',
    400,
    WORKER,
    { ...PUT, body: `{"bundle":${JSON.stringify(bundle)},"limits":{"__proto__":{"cpuMs":1}}}` },
  ],
  ['another content type', 415, WORKER, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: version }],
  ['no content type', 415, WORKER, { method: 'PUT', body: version }],
  [
    'a form',
    415,
    '/api/reload',
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' },
  ],
  ['another host name', 403, '/api/workers', { host: 'evil.example' }],
  ['a host name that begins like ours', 403, '/api/workers', { host: 'localhost.evil.example:1' }],
  ['another origin', 403, '/api/workers', { headers: { origin: 'http://evil.example' } }],
  ['an origin that is null', 403, '/api/workers', { headers: { origin: 'null' } }],
  ['a name with a way up', 400, '/api/workers/default/..%2f..%2fetc', { ...PUT, body: version }],
  ['a name with a null', 400, '/api/workers/default/a%00b', { ...PUT, body: version }],
  ['a name that is a prototype', 400, '/api/workers/default/__proto__', { ...PUT, body: version }],
  ['a name of one space', 400, '/api/workers/%20/app', { ...PUT, body: version }],
  ['a name that is too long', 400, `/api/workers/default/${'a'.repeat(64)}`, { ...PUT, body: version }],
  ['a tenant with a way up', 400, '/api/tenants/..%2fdefault', { ...PUT, body: '{"vouched":true}' }],
  ['a tenant that is vouched for by half', 400, '/api/tenants/acme', { ...PUT, body: '{"vouched":"yes"}' }],
  ['a worker that is not there', 404, '/api/workers/default/nobody', { method: 'DELETE' }],
  ['a page that is not there', 404, '/api/nothing', {}],
]

test('bad input gets a coded error, and changes nothing', async (t) => {
  await using fleet = await startFleet()
  const { adminPort } = fleet.serve
  for (const [what, status, path, options] of CASES) {
    await t.test(what, async () => {
      const answer = await request(adminPort, path, options)
      assert.equal(answer.status, status, answer.text)
      const { error } = answer.json() as { error: { code: string; message: string } }
      assert.match(error.code, /^[A-Z_]+$/)
      assert.doesNotMatch(error.message, /\/src\/|node_modules|    at /)
    })
  }
  await t.test('a body that is too large', async () => {
    const body = ' '.repeat(64 * 1024 * 1024 + 1)
    // Whoever is refused may still be sending, and then sees the connection close.
    const status = await fetch(`http://127.0.0.1:${adminPort}${WORKER}`, { ...PUT, body }).then(
      (response) => response.status,
      () => 413,
    )
    assert.equal(status, 413)
  })
  assert.deepEqual(await fleet.admin.workers(), [])
  assert.equal(fleet.serve.output().stderr, '')
})
