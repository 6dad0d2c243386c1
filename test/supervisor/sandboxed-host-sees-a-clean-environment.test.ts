import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startProbe, TAKEN_OVER } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test("a host sees nothing of the supervisor's environment but what is meant for it", async () => {
  using run = tmpDir()
  const planted = {
    API_TOKEN: 'secret',
    NODE_OPTIONS: '--no-warnings',
    HOME: '/root',
    TZ: 'Asia/Tokyo',
    LD_PRELOAD: '',
    MALLOC_ARENA_MAX: '64',
  }
  await using probe = await startProbe({ runFolder: run.path, environment: { ...process.env, ...planted } })
  const seen = (await probe.attempt('environment')).value as Record<string, string>
  assert.equal(seen['TZ'], 'Asia/Tokyo')
  assert.equal(seen['MALLOC_ARENA_MAX'], '2')
  assert.deepEqual(
    Object.keys(seen).filter(
      (name) => !/^(?:TZ|LANG|LC_ALL|NODE_CHANNEL_\w+|NODE_\w*CA\w*|SSL_CERT_\w+|MALLOC_\w+|PWD)$/.test(name),
    ),
    [],
  )
})

test("a host that was taken over does not read the supervisor's environment either", async (t) => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, probeFlags: TAKEN_OVER })
  if (probe.sandbox.level === 'low') return t.skip('nothing on this machine prevents it')
  const { refused = 'read' } = await probe.attempt('readFile', `/proc/${process.pid}/environ`)
  assert.match(refused, /^(?:EACCES|ENOENT)$/)
})
