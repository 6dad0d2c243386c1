import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notRun } from '../../src/backend/not-run.ts'
import { Execution } from '../../src/executions/execution.ts'
import { History } from '../../src/executions/history.ts'

const ENDED = notRun({ outcome: 'canceled', code: 'TASK_CANCELED', message: 'over' })

function execution(id: string, code = '1'): Execution {
  const facts = {
    owner: undefined,
    input: null,
    language: 'javascript',
    backend: 'isolate',
    reason: '',
    mode: undefined,
  }
  return new Execution({ id, code, ...facts, language: 'javascript' })
}

function idsIn(history: History): string[] {
  return history.all().map(({ facts }) => facts.id)
}

test('by number, and those under way are not forgotten', () => {
  const history = new History({ maxExecutions: 2, maxBytes: 1_000_000 })
  const [running, ...others] = ['a', 'b', 'c', 'd'].map((id) => execution(id))
  for (const one of [running, ...others]) {
    assert.ok(one)
    history.add(one)
    if (one === running) continue
    one.end(ENDED)
    history.ended(one)
  }
  assert.deepEqual(idsIn(history), ['d', 'a'])
  assert.equal(history.find('b'), undefined)
})

test('by bytes', () => {
  const history = new History({ maxExecutions: 100, maxBytes: 5_000 })
  for (const id of ['a', 'b', 'c']) {
    const one = execution(id, 'x'.repeat(1_000))
    history.add(one)
    one.end(ENDED)
    history.ended(one)
  }
  assert.deepEqual(idsIn(history), ['c', 'b'])
})
