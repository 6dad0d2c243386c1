// V8 threads that still free isolates when the process exits bring it down (isolated-vm#551 is the same cause).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']

for (const mode of ['persistent', 'pool', 'shared', 'worker']) {
  test(`mode ${mode}: with isolates in use until the end`, async () => {
    using dir = tmpDir(
      Object.fromEntries(NAMES.map((name) => [`${name}.ts`, 'export default { fetch: () => new Response("x") }'])),
    )
    const entries = NAMES.map((name) => `${name}.ts`)
    for (let round = 0; round < 3; round += 1) {
      await using serve = await startServe([...entries, '--mode', mode], { cwd: dir.path, hosts: 0 })
      await Promise.all(NAMES.map((name) => serve.get(name)))
      serve.signal('SIGTERM')
      assert.equal(await serve.ended, 0)
    }
  })
}
