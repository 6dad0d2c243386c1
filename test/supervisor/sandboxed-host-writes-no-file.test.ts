import assert from 'node:assert/strict'
import { test } from 'node:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startProbe, isInForce, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const root = join(import.meta.dirname, '..', '..')

test('JavaScript in a host writes no file, not even beside its sockets', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  for (const folder of [run.path, '/tmp', '/dev/shm', root, join(root, 'build'), join(root, 'node_modules')]) {
    const path = join(folder, 'written-by-probe')
    assert.equal((await probe.attempt('writeFile', path)).refused, 'ERR_ACCESS_DENIED', path)
  }
  assert.deepEqual(readdirSync(run.path), [])
})

test('a host that was taken over changes neither the installation nor anything of the machine', async (t) => {
  using run = tmpDir()
  using data = tmpDir({ 'store.db': 'secret' })
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (probe.sandbox.level === 'low') return t.skip('nothing on this machine prevents it')
  const folders = [data.path, root, join(root, 'build'), join(root, 'src'), '/etc', '/usr/lib', '/proc/sys/kernel']
  for (const folder of folders) {
    const path = join(folder, 'written-by-probe')
    assert.match((await probe.attempt('writeFile', path)).refused ?? 'written', /^(?:EACCES|ENOENT|EROFS)$/, path)
    assert.equal(existsSync(path), false)
  }
})

test('a host that was taken over finds no place for files but the run folder', async (t) => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (!isInForce(probe.sandbox, 'namespaces')) return t.skip('no namespaces on this machine')
  for (const folder of ['/', '/tmp', '/dev', '/dev/shm', '/run', '/var/tmp']) {
    const path = join(folder, 'written-by-probe')
    assert.match((await probe.attempt('writeFile', path)).refused ?? 'written', /^(?:EACCES|ENOENT|EROFS)$/, path)
  }
  assert.equal((await probe.attempt('writeFile', join(run.path, 'file'))).refused, undefined)
})
