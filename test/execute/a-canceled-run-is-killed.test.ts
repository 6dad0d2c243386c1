import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { startExecute } from '../support/execute.ts'

const WAITS = 'await new Promise(() => {})'

test('while it runs, and while it is in the line', async () => {
  await using stage = await startExecute()
  // As many as may run at once, and one more.
  const runs = []
  for (let run = 0; run < 3; run++) runs.push(await stage.client.startExecution({ code: WAITS, timeout_ms: 60_000 }))
  const statuses = async (): Promise<string[]> =>
    (await stage.client.executions()).executions.map(({ status }) => status).toSorted()
  await eventually(['pending', 'running', 'running'], statuses)
  for (const run of runs.toReversed()) {
    const { outcome, status } = await stage.client.cancelExecution(run)
    assert.deepEqual([status, outcome], ['killed', 'canceled'])
  }
  assert.equal((await stage.client.execute({ code: '1' })).output, 1)
})

test('a run that is over stays as it is', async () => {
  await using stage = await startExecute()
  const report = await stage.client.execute({ code: '1' })
  assert.deepEqual(await stage.client.cancelExecution(report), report)
})

test('one whose caller goes away is too', async () => {
  await using stage = await startExecute()
  const leaving = new AbortController()
  const asked = fetch(`http://127.0.0.1:${stage.admin.port}/execute`, {
    method: 'POST',
    body: JSON.stringify({ code: WAITS, timeout_ms: 60_000 }),
    headers: { 'content-type': 'application/json' },
    signal: leaving.signal,
  })
  const status = async (): Promise<string | undefined> => (await stage.client.executions()).executions[0]?.status
  await eventually('running', status)
  leaving.abort()
  await assert.rejects(asked)
  await eventually('killed', status)
})
