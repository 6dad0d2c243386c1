import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessSync } from 'node:fs'
import { isInForce, startProbe, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a host has the user, the groups and the privileges the plan says, and gets no other', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  const { sandbox } = probe
  const { uid, groups } = (await probe.attempt('identity')).value as { uid: number; groups: number[] }
  assert.equal(uid !== 0, isInForce(sandbox, 'unprivileged user'))
  if (sandbox.user !== undefined) {
    assert.equal(uid, sandbox.user.uid)
    assert.deepEqual(groups, [sandbox.user.gid], 'no supplementary group')
  }
  // EINVAL: a user namespace in which there is no root.
  if (uid !== 0) assert.match((await probe.attempt('becomeRoot')).refused ?? 'root', /^(?:EPERM|EINVAL)$/)
  if (isInForce(sandbox, 'no new privileges')) {
    const status = (await probe.attempt('readFile', '/proc/self/status')).value as string
    assert.match(status, /^NoNewPrivs:\s*1$/m)
    assert.match(status, /^CapEff:\s*0+$/m)
    assert.match(status, /^CapPrm:\s*0+$/m)
    assert.match(status, /^CapAmb:\s*0+$/m)
    assert.match(status, /^CapInh:\s*0+$/m)
  }
})

test('a host makes no user namespaces where the plan says so', async (t) => {
  const unshare = '/usr/bin/unshare'
  try {
    accessSync(unshare)
  } catch {
    return t.skip('no unshare on this machine')
  }
  using run = tmpDir()
  // Put into its reach, which it is not otherwise.
  const readPaths = [`${import.meta.dirname}/../../src`, unshare]
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER, readPaths })
  const namespaces = probe.sandbox.measures.find(({ name }) => name === 'namespaces')
  if (namespaces?.detail.includes('no user namespaces') !== true) return t.skip('not in force on this machine')
  assert.match(
    (await probe.attempt('spawn', unshare, '--user', process.execPath, '--version')).refused ?? 'made',
    /unshare failed/,
  )
})

test('a crash of a host leaves no core dump', async (t) => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (!isInForce(probe.sandbox, 'no core dumps')) return t.skip('not in force on this machine')
  assert.match((await probe.attempt('readFile', '/proc/self/limits')).value as string, /^Max core file size\s+[01]\s+/m)
})
