import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'
import { connectTo, ECHO } from '../support/websocket.ts'

test('messages go both ways; a server that ends says so, and does not wait', async () => {
  using dir = tmpDir({ 'echo.ts': ECHO.replaceAll('(request, env, ctx)', '(request: Request)') })
  await using serve = await startServe(['echo.ts', '--drain-ms', '60000'], { cwd: dir.path, hosts: 0 })
  const client = await connectTo(serve.port, `echo.localhost:${serve.port}`)
  client.ws.send('hello')
  assert.equal(await client.next(), 'hello')
  serve.signal('SIGTERM')
  assert.deepEqual(await client.closed, { code: 1001, reason: 'The server is going away.' })
  assert.equal(await serve.ended, 0)
})
