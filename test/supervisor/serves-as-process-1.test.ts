import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer } from '../../conformance/support/server.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { request } from '../support/cli.ts'
import { answering } from '../support/fleet.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** Its own process ids, with the server as number 1, as in a container. */
const wrapper = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']
const [unshare = '', ...flags] = wrapper
const skip =
  spawnSync(unshare, [...flags, 'true']).status !== 0 && 'this machine does not let us have process ids of our own'

test('as process 1 it serves, and ends in order', { skip }, async () => {
  await using server = await startServer({ hosts: 1, wrapper })
  const worker = { tenant: 'default', worker: 'app' }
  const version = { bundle: bundleSource(answering('here')) }
  assert.equal(await server.admin.deploy(worker, version, AbortSignal.timeout(30_000)), undefined)
  const host = `app.localhost:${server.dataPort}`
  assert.equal((await request(server.dataPort, '/', { host })).text, 'here')
  assert.equal((await server.admin.hosts()).length, 3)
})

test('what a process 1 left behind, the next one removes', { skip }, async () => {
  using dir = tmpDir({})
  const own = ['env', `TMPDIR=${dir.path}`, ...wrapper]
  for (let round = 0; round < 2; round++) {
    await using server = await startServer({ hosts: 1, wrapper: own })
    const kinds = readdirSync(dir.path).map((name) => name.replace(/-\w+$/, ''))
    assert.deepEqual(kinds.toSorted(), ['isopod-data', 'isopod-run'])
    process.kill(server.pid, 'SIGKILL')
    await server.ended
    // One that is being started in another container has not opened its sockets yet: only old ones are judged by that.
    for (const name of readdirSync(dir.path)) utimesSync(join(dir.path, name), 0, 0)
  }
})
