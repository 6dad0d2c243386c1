import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startProbe, isInForce, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('JavaScript in a host starts no process, and may use threads', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  assert.equal((await probe.attempt('spawn', process.execPath, '--version')).refused, 'ERR_ACCESS_DENIED')
  assert.equal((await probe.attempt('runWorkerThread')).value, 'ran')
})

test('a host that was taken over finds no shell and no tools', async (t) => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (!isInForce(probe.sandbox, 'namespaces')) return t.skip('no namespaces on this machine')
  for (const tool of ['/bin/sh', '/usr/bin/env', '/usr/bin/su', 'curl', 'bwrap']) {
    assert.equal((await probe.attempt('spawn', tool)).refused, 'ENOENT', tool)
  }
})
