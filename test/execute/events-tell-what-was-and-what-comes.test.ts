import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExecute } from '../support/execute.ts'

test('as it comes, and again for who comes late', async () => {
  await using stage = await startExecute()
  const { id } = await stage.client.startExecution({ code: 'console.log("first"); await new Promise(() => {})' })
  const seen: string[] = []
  for await (const event of stage.client.executionEvents({ id })) {
    seen.push(event.type === 'status' ? event.status : event.type === 'log' ? event.log.message : event.type)
    if (event.type === 'log') void stage.client.cancelExecution({ id })
    if (event.type === 'end') assert.deepEqual([event.execution.id, event.execution.status], [id, 'killed'])
  }
  assert.deepEqual(
    seen.filter((what) => what !== 'pending'),
    ['running', 'first', 'killed', 'end'],
  )
  const late: string[] = []
  for await (const { type } of stage.client.executionEvents({ id })) late.push(type)
  assert.deepEqual(late, ['status', 'log', 'status', 'end'])
})

test('they are server-sent events', async () => {
  await using stage = await startExecute()
  const { id } = await stage.client.execute({ code: '1' })
  const { headers, text } = await stage.admin.ask('GET', `/api/executions/${id}/events`)
  assert.equal(headers['content-type'], 'text/event-stream')
  assert.match(text, /^event: status\ndata: \{.*\}\n\nevent: status\ndata: .*\n\nevent: end\ndata: \{.*\}\n\n$/)
})
