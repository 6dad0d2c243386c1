import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExecute } from '../support/execute.ts'

test('beyond those that run and those that wait; with when to come again', async () => {
  await using stage = await startExecute()
  const body = { code: 'await new Promise(() => {})', timeout_ms: 60_000 }
  const taken: { readonly id: string }[] = []
  for (let run = 0; run < 2 + 16; run++) taken.push(await stage.client.startExecution(body))
  const answer = await stage.admin.ask('POST', '/execute', { body })
  assert.equal(answer.status, 503)
  assert.match(
    answer.text,
    /"QUEUE_FULL".*2 executions are running and 16 wait, as many as may \(executionsAtOnce is 2\)/,
  )
  assert.equal(answer.headers['retry-after'], '1')
  for (const run of taken.toReversed()) await stage.client.cancelExecution(run)
  assert.equal((await stage.client.execute({ code: '1' })).output, 1)
})
