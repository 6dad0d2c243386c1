import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExecute } from '../support/execute.ts'

test('and no other; who has to do with all tenants sees all', async () => {
  await using stage = await startExecute()
  const acme = stage.clientOf('acme')
  const other = stage.clientOf('other')
  const { id } = await acme.execute({ code: '"of acme"' })
  const mine = await other.execute({ code: '"of other"' })
  assert.deepEqual(
    (await other.executions()).executions.map((run) => run.id),
    [mine.id],
  )
  await assert.rejects(other.execution({ id }), { code: 'NOT_FOUND' })
  await assert.rejects(other.cancelExecution({ id }), { code: 'NOT_FOUND' })
  await assert.rejects(
    async () => {
      for await (const _ of other.executionEvents({ id }));
    },
    { code: 'NOT_FOUND' },
  )
  assert.equal((await acme.execution({ id })).output, 'of acme')
  assert.deepEqual(
    (await stage.client.executions()).executions.map((run) => run.id),
    [mine.id, id],
  )
})

test('kept isolates are not shared among tenants', async () => {
  await using stage = await startExecute()
  const body = { code: 'globalThis.runs = (globalThis.runs ?? 0) + 1', mode: 'persistent' } as const
  const [acme, other] = [stage.clientOf('acme'), stage.clientOf('other')]
  assert.deepEqual(
    [(await acme.execute(body)).output, (await acme.execute(body)).output, (await other.execute(body)).output],
    [1, 2, 1],
  )
})

test('a reader runs nothing', async () => {
  await using stage = await startExecute()
  const token = stage.admin.secretOf({ role: 'reader' })
  const { status } = await stage.admin.ask('POST', '/execute', { body: { code: '1' }, token })
  assert.equal(status, 403)
})
