import assert from 'node:assert/strict'
import { test } from 'node:test'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import { startOrigin } from '../support/origin.ts'
import { startProbe } from '../support/sandbox.ts'
import { SECURE_TEST_CERTIFICATE, SECURE_TEST_KEY } from '../support/secure-test-certificate.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a host connects out, by address and by name', async () => {
  await using origin = await startOrigin((_request, response) => response.end('from the origin'))
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  assert.equal((await probe.attempt('get', origin.url)).value, 'from the origin')
  assert.equal((await probe.attempt('get', `http://localhost:${origin.port}`)).value, 'from the origin')
})

test("a host has Node's own certificates, and those the supervisor was told to trust", async () => {
  using trust = tmpDir({ 'extra.pem': SECURE_TEST_CERTIFICATE })
  chmodSync(trust.path, 0o755)
  const server = tls.createServer({ key: SECURE_TEST_KEY, cert: SECURE_TEST_CERTIFICATE })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  using run = tmpDir()
  const environment = { ...process.env, NODE_EXTRA_CA_CERTS: join(trust.path, 'extra.pem') }
  await using probe = await startProbe({ runFolder: run.path, environment })
  assert.equal((await probe.attempt('secureGet', port, 'secure.test')).refused, undefined)
  assert.ok(((await probe.attempt('trustedCertificates')).value as number) > 50)
  server.close()
})

test('a host serves a listening socket it was given over IPC', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await probe.give(server)
  // Else this process might take the connection itself.
  server.close()
  assert.equal(await readAll(net.connect(port, '127.0.0.1')), 'from the handle')
})

test('a host listens on a socket in the run folder, and connects to one', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const path = join(run.path, 'host.sock')
  assert.equal((await probe.attempt('listenOnSocket', path)).refused, undefined)
  assert.equal(await readAll(net.connect(path)), 'from the socket')
  const ours = net.createServer((socket) => socket.end('from the supervisor'))
  await once(ours.listen(join(run.path, 'ours.sock')), 'listening')
  chmodSync(join(run.path, 'ours.sock'), 0o666)
  assert.equal((await probe.attempt('readSocket', join(run.path, 'ours.sock'))).value, 'from the supervisor')
  ours.close()
})

async function readAll(socket: net.Socket): Promise<string> {
  return (await socket.setEncoding('utf8').toArray()).join('')
}
