import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chmodSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isInForce, startProbe, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('JavaScript in a host reads the installation only', async () => {
  using run = tmpDir()
  using data = tmpDir({ 'store.db': 'secret' })
  chmodSync(data.path, 0o755)
  await using probe = await startProbe({ runFolder: run.path })
  for (const path of ['/etc/passwd', '/proc/self/environ', join(data.path, 'store.db'), join(data.path, 'none')]) {
    assert.equal((await probe.attempt('readFile', path)).refused, 'ERR_ACCESS_DENIED', path)
  }
  const root = join(import.meta.dirname, '..', '..')
  assert.equal(
    (await probe.attempt('readFolder', root)).refused,
    'ERR_ACCESS_DENIED',
    'the folder the installation is in',
  )
  assert.equal((await probe.attempt('readFile', join(root, 'package.json'))).refused, undefined)
})

test('a host that was taken over reads no file that only the supervisor may read', async (t) => {
  using run = tmpDir()
  using data = tmpDir({ 'store.db': 'secret' })
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (probe.sandbox.level === 'low') return t.skip('nothing on this machine prevents it')
  for (const path of ['/etc/shadow', join(data.path, 'store.db')]) {
    assert.match((await probe.attempt('readFile', path)).refused ?? 'read', /^(?:EACCES|ENOENT)$/, path)
  }
})

test('a host that was taken over does not see what any user may read', async (t) => {
  using run = tmpDir()
  using data = tmpDir({ 'store.db': 'secret' })
  chmodSync(data.path, 0o755)
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (!isInForce(probe.sandbox, 'namespaces')) return t.skip('no namespaces on this machine')
  for (const path of ['/etc/passwd', '/etc/shadow', '/bin/sh', '/var/log', join(data.path, 'store.db')]) {
    assert.equal((await probe.attempt('readFile', path)).refused, 'ENOENT', path)
  }
  const { value } = await probe.attempt('readFolder', dirname(data.path))
  assert.ok(!(value as string[]).includes(basename(data.path)), 'not even that it is there')
})
