import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const HELLO = { 'hello.ts': 'export default { fetch: () => new Response("hello") }' }

for (const nodeFlags of [[], ['--no-node-snapshot']]) {
  test(`started with ${nodeFlags.join(' ') || 'no flags'}, it serves and passes signals on`, async () => {
    using dir = tmpDir(HELLO)
    await using serve = await startServe(['hello.ts'], { cwd: dir.path, hosts: 0, nodeFlags })
    assert.equal((await serve.get('hello')).text, 'hello')
    serve.signal('SIGTERM')
    assert.equal(await serve.ended, 0)
  })
}

test('the exit code of a run is passed on', async () => {
  using dir = tmpDir({ 'a.ts': 'export default function () { throw new Error("no") }' })
  const { code, stderr } = await runCli(['run', 'a.ts'], { cwd: dir.path, nodeFlags: [] })
  assert.equal(code, 1)
  assert.match(stderr, /Error: no\n {4}at default \(a\.ts:1:\d+\)|Error: no\n {4}at .*a\.ts:1:\d+/)
})
