import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import http from 'node:http'
import { once } from 'node:events'
import { test } from 'node:test'
import { createClient } from '../../src/client/client.ts'
import { request, runCli, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const SECRET = 'a-secret-that-an-operator-thought-of'
const FILES = { 'app.ts': 'export default { fetch: () => new Response("here") }' }
const PORTS = ['--port', '0', '--admin-port', '0'] as const

for (const args of [
  ['--admin-listen', '0.0.0.0', '--hosts', '1'],
  ['--require-token', '--hosts', '1'],
  ['--admin-listen', '0.0.0.0', '--hosts', '0'],
]) {
  test(`no start without a token of an admin: ${args.join(' ')}`, async () => {
    const { code, stderr } = await runCli(['serve', ...PORTS, ...args])
    assert.equal(code, 1)
    assert.match(stderr, /\[TOKEN_REQUIRED\]/)
  })
}

test('with one it listens off loopback, answers to tokens only, and deploys its own entries', async () => {
  using dir = tmpDir(FILES)
  const args = ['app.ts', '--admin-listen', '0.0.0.0', '--admin-hosts', 'Isopod.example']
  await using serve = await startServe(args, { cwd: dir.path, env: { ISOPOD_ADMIN_TOKEN: SECRET } })
  assert.equal((await serve.get('app')).text, 'here')
  const ask = async (host: string, token?: string): Promise<number> => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    return (await request(serve.adminPort, '/api/workers', { host, headers })).status
  }
  const own = `127.0.0.1:${serve.adminPort}`
  assert.equal(await ask(own), 401)
  assert.equal(await ask(own, `${SECRET}x`), 401)
  assert.equal(await ask(own, SECRET), 200)
  assert.equal(await ask('isopod.example', SECRET), 200)
  assert.equal(await ask('ISOPOD.example:8788', SECRET), 200)
  assert.equal(await ask('evil.example', SECRET), 403)
  assert.equal(await ask('a.isopod.example', SECRET), 403)
  assert.equal(await ask('192.0.2.1', SECRET), 403)
  const { audit } = await createClient({ url: `http://${own}`, token: SECRET }).audit()
  assert.deepEqual(
    audit.map(({ action, actor, status }) => [actor, action, status]),
    [['command line', 'PUT /api/workers/:tenant/:worker', 200]],
  )
})

const elsewhere = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

test(
  'the address that it was reached at is a name it answers to',
  { skip: elsewhere === undefined ? 'this machine has loopback only' : false },
  async () => {
    const env = { ISOPOD_ADMIN_TOKEN: SECRET, ISOPOD_ADMIN_LISTEN: elsewhere ?? '' }
    await using serve = await startServe([], { env })
    assert.match(serve.output().stdout, new RegExp(`admin {2}http://${elsewhere}:`))
    const outgoing = http.get(`http://${elsewhere}:${serve.adminPort}/api/workers`, {
      headers: { authorization: `Bearer ${SECRET}` },
    })
    const [response] = (await once(outgoing, 'response')) as [http.IncomingMessage]
    assert.equal(response.resume().statusCode, 200)
  },
)
