import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

test('a quota has known names and numbers that mean something', async () => {
  await using fleet = await startFleet()
  for (const quota of [
    { requestsPerSecond: 0 },
    { requestsPerSecond: '1' },
    { concurrentTasks: 1.5 },
    { concurrentTasks: 0 },
    { workers: -1 },
    { cpuMsPerMinute: 1e13 },
    { memory: 1 },
    [],
  ]) {
    const { body, status } = await setQuota(fleet, 'acme', quota as object)
    assert.equal(status, 400, JSON.stringify(quota))
    assert.match(body.error.message, /quota/)
  }
})

test('the command line sets a quota, shows it, and takes it away', async () => {
  await using fleet = await startFleet()
  await fleet.deploy({ tenant: 'acme', worker: 'app' }, answering('here'))
  const server = ['--server', `http://127.0.0.1:${fleet.serve.adminPort}`]
  const set = await runCli([
    'tenants',
    ...server,
    '--quota',
    'rps=0.5,concurrent=5,workers=3,cpu=60000,subrequests=100,egress=5000',
    'acme',
  ])
  assert.equal(set.code, 0, set.stderr)
  assert.match(
    set.stdout,
    /acme +probation +1 +rps=0\.5,concurrent=5,workers=3,cpu=60000,subrequests=100,egress=5000\n/,
  )
  const cleared = await runCli(['tenants', ...server, '--quota', 'none', '--json', 'acme'])
  assert.deepEqual(
    (JSON.parse(cleared.stdout) as { tenants: { quota: object }[] }).tenants.map(({ quota }) => quota),
    [{}],
  )
  for (const args of [
    ['--quota', 'rps=1'],
    ['acme'],
    ['--quota', 'speed=1', 'acme'],
    ['--quota', 'rps=', 'acme'],
    ['--weight', '0', 'acme'],
  ]) {
    const refused = await runCli(['tenants', ...server, ...args])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /INVALID_OPTION/)
  }
})
