import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { isInForce, startProbe, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a host that was taken over neither signals nor reads processes of the supervisor', async (t) => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (probe.sandbox.level === 'low') return t.skip('nothing on this machine prevents it')
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = once(other, 'exit')
  for (const pid of [other.pid, process.pid]) {
    assert.match((await probe.attempt('signal', pid, 'SIGUSR1')).refused ?? 'sent', /^(?:EPERM|ESRCH)$/)
    assert.match((await probe.attempt('openMemory', pid)).refused ?? 'opened', /^(?:EACCES|ENOENT)$/)
  }
  other.stdin.end()
  assert.deepEqual(await ended, [0, null])
})

test('one host sees nothing of another', async (t) => {
  using run = tmpDir()
  await using one = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  await using other = await startProbe({ runFolder: run.path })
  if (!isInForce(one.sandbox, 'namespaces')) return t.skip('no namespaces on this machine')
  const pid = other.sandbox.programPid(other.child.pid ?? 0)
  assert.match((await one.attempt('signal', pid, 'SIGKILL')).refused ?? 'sent', /^ESRCH$/)
  const seen = (await one.attempt('readFolder', '/proc')).value as string[]
  assert.deepEqual(
    seen.filter((name) => /^\d+$/.test(name)),
    ['1', '2'],
  )
  assert.equal((await other.attempt('runWorkerThread')).value, 'ran')
})
