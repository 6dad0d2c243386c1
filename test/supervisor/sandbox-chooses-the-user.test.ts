import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from 'node:path'
import { isInForce, plan, startProbe } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const isRoot = process.getuid?.() === 0

test('a user this machine does not have is refused', async () => {
  using run = tmpDir()
  const planned = plan({ runFolder: run.path, user: 'isopod-no-such-user' })
  await assert.rejects(planned, { code: 'INVALID_OPTION', message: /isopod-no-such-user/ })
})

test('only root can start hosts as another user', { skip: isRoot }, async () => {
  using run = tmpDir()
  await assert.rejects(plan({ runFolder: run.path, user: '0' }), { code: 'INVALID_OPTION' })
})

test('as root, hosts run as the user that is named', { skip: !isRoot }, async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path, user: '54321' })
  const { uid } = (await probe.attempt('identity')).value as { uid: number }
  if (isInForce(probe.sandbox, 'unprivileged user')) assert.equal(uid, 54321)
  assert.equal(uid, probe.sandbox.user?.uid ?? 0)
})

test(
  'as root, hosts stay root where that is asked for, which is not the highest level',
  { skip: !isRoot },
  async () => {
    using run = tmpDir()
    const sandbox = await plan({ runFolder: run.path, user: 'root' })
    assert.equal(isInForce(sandbox, 'unprivileged user'), false)
    assert.equal(sandbox.user, undefined)
    assert.notEqual(sandbox.level, 'high')
  },
)

test(
  'a run folder the user cannot reach is within reach by namespaces, or the plan says why not',
  { skip: !isRoot },
  async () => {
    using closed = tmpDir({ 'run/keep': '' })
    await using probe = await startProbe({ runFolder: join(closed.path, 'run') })
    const user = probe.sandbox.measures.find(({ name }) => name === 'unprivileged user')
    if (isInForce(probe.sandbox, 'namespaces')) assert.ok(user?.inForce)
    else assert.match(user?.detail ?? '', /cannot run them \(.+\)/)
    assert.equal((await probe.attempt('listenOnSocket', join(closed.path, 'run', 'host.sock'))).refused, undefined)
  },
)
