import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { isInForce, plan } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a host ends when the supervisor is killed', async (t) => {
  using run = tmpDir()
  const sandbox = await plan({ runFolder: run.path })
  if (!isInForce(sandbox, 'namespaces') && !isInForce(sandbox, 'no new privileges')) return t.skip('nothing sees to it')
  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const connected = once(server, 'connection') as Promise<[net.Socket]>
  const program = join(import.meta.dirname, '..', 'fixtures', 'sandbox-supervisor', 'index.ts')
  const args = [...ENGINE_FLAGS, program, run.path, String((server.address() as AddressInfo).port)]
  const supervisor = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [socket] = await connected
  const closed = once(socket.on('error', () => {}).resume(), 'close')
  await once(supervisor.stdout, 'data')
  supervisor.kill('SIGKILL')
  await closed
  server.close()
  assert.ok(true, 'the connection the host held is closed')
})
