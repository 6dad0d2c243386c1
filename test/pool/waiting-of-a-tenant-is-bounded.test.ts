import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FetchRequest } from '../../src/task.ts'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

test('tasks that one tenant lets wait at several workers are bounded together; what can start at once is not', async () => {
  await using t = startRuntime({
    mode: 'persistent',
    persistentTasksAtOnce: 1,
    persistentReplicas: 1,
    tenantQueueSize: 2,
  })
  for (const worker of ['first', 'second', 'free']) await t.load(worker, HOLD, { tenant: 'greedy' })
  await t.load('other', HOLD, { tenant: 'quiet' })
  const ask = (tenant: string, worker: string, body?: FetchRequest['body']) => {
    const request = { method: 'POST', url: 'http://local/', headers: [], ...(body === undefined ? {} : { body }) }
    return t.runtime.dispatch({ tenant, worker }, { type: 'fetch', request })
  }
  const gates = [gate(), gate(), gate()] as const
  const running = [
    ask('greedy', 'first', gates[0].body),
    ask('greedy', 'second', gates[1].body),
    ask('quiet', 'other', gates[2].body),
  ]
  for (const { entered } of gates) await entered
  const waiting = [ask('greedy', 'first'), ask('greedy', 'second')]
  const refused = await ask('greedy', 'second')
  assert.equal(refused.outcome, 'loadShed')
  assert.equal(refused.error?.code, 'QUEUE_FULL')
  assert.match(refused.error?.message ?? '', /^2 tasks of the tenant "greedy".*ISOPOD_TENANT_QUEUE_SIZE/)
  assert.equal((await ask('greedy', 'free')).outcome, 'ok')
  waiting.push(ask('quiet', 'other'))
  for (const { open } of gates) open()
  for (const { outcome } of await Promise.all([...running, ...waiting])) assert.equal(outcome, 'ok')
})
