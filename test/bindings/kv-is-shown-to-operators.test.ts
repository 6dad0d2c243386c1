// The admin port: namespaces, keys and values of a tenant, and the quota that the operator has set.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFleet } from '../support/fleet.ts'
import { KV_BINDINGS, KV_WORKER } from '../support/kv-worker.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const ODD = 'ä/b?c#%&=' + 'x'.repeat(200)

test('operators list, read, write and delete what workers keep', async () => {
  await using fleet = await startFleet(['--kv-tenant-mb', '1', '--cpu-ms', '5000'])
  await fleet.deploy(WORKER, KV_WORKER, { bindings: KV_BINDINGS })
  const origin = `http://127.0.0.1:${fleet.serve.adminPort}/api/tenants/default/kv`
  const ask = async (path: string, method = 'GET', body?: object): Promise<Response> =>
    fetch(origin + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  const json = async (path: string, method?: string, body?: object): Promise<unknown> =>
    (await ask(path, method, body)).json()

  assert.deepEqual(await json(''), { namespaces: [] })
  assert.deepEqual(
    await json(`/main/keys/${encodeURIComponent(ODD)}`, 'PUT', { text: 'by the operator', metadata: { n: 1 } }),
    { stored: true },
  )
  assert.equal((await fleet.get(WORKER, `/get?key=${encodeURIComponent(ODD)}`)).text, 'by the operator')
  await fleet.get(WORKER, '/put?key=a&value=by-the-worker')
  const read = await ask('/main/keys/a')
  assert.equal(await read.text(), 'by-the-worker')
  assert.equal(read.headers.get('content-type'), 'application/octet-stream')
  assert.equal(
    (await ask(`/main/keys/${encodeURIComponent(ODD)}`)).headers.get('kv-metadata'),
    encodeURIComponent('{"n":1}'),
  )
  await json('/main/keys/bytes', 'PUT', { base64: 'AAH/', expiration: 4_000_000_000 })
  assert.deepEqual([...new Uint8Array(await (await ask('/main/keys/bytes')).arrayBuffer())], [0, 1, 255])
  assert.deepEqual(await json('/main/keys?limit=2'), {
    keys: [{ name: 'a' }, { name: 'bytes', expiration: 4_000_000_000 }],
    list_complete: false,
    cursor: 'Ynl0ZXM',
  })
  assert.deepEqual(await json('/main/keys?cursor=Ynl0ZXM'), {
    keys: [{ name: ODD, metadata: { n: 1 } }],
    list_complete: true,
  })
  assert.deepEqual(await json('/main/keys/a', 'DELETE'), { deleted: true })
  assert.equal((await ask('/main/keys/a')).status, 404)
  const { namespaces } = (await json('')) as { namespaces: { namespace: string; keys: number }[] }
  assert.deepEqual(
    namespaces.map(({ keys, namespace }) => [namespace, keys]),
    [['main', 2]],
  )

  for (const [path, body] of [
    ['/main/keys/a', {}],
    ['/main/keys/a', { text: 'x', base64: 'AA==' }],
    ['/main/keys/a', { text: 'x', expiration_ttl: 5 }],
    ['/ma.in/keys/a', { text: 'x' }],
    [`/main/keys/${'x'.repeat(513)}`, { text: 'x' }],
  ] as const) {
    assert.equal((await ask(path, 'PUT', body)).status, 400, path)
  }
  assert.equal((await ask('/main/keys?limit=2000')).status, 400)

  const full = await ask('/main/keys/big', 'PUT', { text: 'x'.repeat(1024 * 1024) })
  assert.equal(((await full.json()) as { error: { code: string } }).error.code, 'KV_QUOTA')
  const refused = await fleet.get(WORKER, '/big?key=big&mib=2')
  assert.equal(refused.status, 500)
  await fleet.serve.saw('KV quota: with this value the tenant would use')
})
