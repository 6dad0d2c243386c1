import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'

for (const flag of ['--port', '--admin-port']) {
  test(`${flag}: a port that another process listens on`, async () => {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const other = flag === '--port' ? '--admin-port' : '--port'
    const { code, stderr } = await runCli(['serve', flag, String(port), other, '0', '--hosts', '1'])
    server.close()
    assert.equal(code, 1)
    assert.match(stderr, new RegExp(`PORT_IN_USE.*${port}|${port}.*in use`))
  })
}
