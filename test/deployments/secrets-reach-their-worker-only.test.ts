// Secrets: encrypted on disk, never shown again, in the env of their worker and nobody else's, changed without a deploy.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { startFleet } from '../support/fleet.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const SHOWS_ENV = `export default { fetch: (request, env) => Response.json(env) }`
const VALUE = 'very-secret-value-1'

test('set, used, changed, removed', async () => {
  using data = tmpDir()
  await using fleet = await startFleet(['--data', data.path], { hosts: 2 })
  const { adminPort } = fleet.serve
  const env = async (worker: string, tenant = 'default'): Promise<unknown> =>
    JSON.parse((await fleet.get({ tenant, worker })).text)
  const put = (name: string, value: unknown, worker = 'shop'): ReturnType<typeof callApi> =>
    callApi(adminPort, `PUT /api/workers/default/${worker}/secrets/${name}`, { value })

  // Before there is a worker of that name.
  assert.equal((await put('TOKEN', VALUE)).status, 200)
  await fleet.deploy({ tenant: 'default', worker: 'shop' }, SHOWS_ENV, { env: { PLAIN: 1 } })
  await fleet.deploy({ tenant: 'default', worker: 'other' }, SHOWS_ENV)
  await fleet.deploy({ tenant: 'acme', worker: 'shop' }, SHOWS_ENV)
  assert.deepEqual(await env('shop'), { PLAIN: 1, TOKEN: VALUE })
  assert.deepEqual(await env('other'), {})
  assert.deepEqual(await env('shop', 'acme'), {})

  // When the call returns, every host has it.
  await put('TOKEN', 'second')
  await put('PLAIN', 'wins')
  for (let i = 0; i < 10; i++) assert.deepEqual(await env('shop'), { PLAIN: 'wins', TOKEN: 'second' })

  const listed = await callApi(adminPort, 'GET /api/workers/default/shop/secrets')
  assert.deepEqual(
    listed.body.secrets.map(({ name }: { name: string }) => name),
    ['PLAIN', 'TOKEN'],
  )
  assert.doesNotMatch(JSON.stringify(listed.body), /second|wins/)

  const removed = await callApi(adminPort, 'DELETE /api/workers/default/shop/secrets/TOKEN')
  assert.deepEqual(removed.body, { removed: true })
  assert.deepEqual(await env('shop'), { PLAIN: 'wins' })

  for (const name of readdirSync(data.path)) {
    const path = join(data.path, name)
    if (statSync(path).isFile()) assert.equal(readFileSync(path).includes(VALUE), false, name)
  }
  assert.equal(statSync(join(data.path, 'secrets.key')).mode & 0o777, 0o600)
})

test('what is no secret is refused', async () => {
  await using fleet = await startFleet()
  const put = async (path: string, body: unknown): Promise<number> =>
    (await callApi(fleet.serve.adminPort, `PUT /api/workers/${path}`, body)).status
  assert.equal(await put('default/shop/secrets/NOT-A-NAME', { value: 'x' }), 400)
  assert.equal(await put('default/shop/secrets/A', { value: 1 }), 400)
  assert.equal(await put('default/shop/secrets/A', { value: 'x'.repeat(70_000) }), 400)
  assert.equal(await put('default/..%2Fx/secrets/A', { value: 'x' }), 400)
})
